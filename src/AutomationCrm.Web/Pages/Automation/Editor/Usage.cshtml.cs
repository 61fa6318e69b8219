using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Automation.Editor;

/// <summary>Where each field of an item type is used.</summary>
public sealed class UsageModel(ISender sender, IPortal portal) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "field")]
    public string? Code { get; set; }

    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();

    public IReadOnlyList<Field> Fields { get; private set; } = [];

    public Field? Chosen { get; private set; }

    public IReadOnlyList<Usage> Usages { get; private set; } = [];

    public Pipeline Pipeline { get; private set; } = null!;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (portal.Current.Pipeline(Kind.TypeId, RouteData.PipelineId()) is not { } pipeline) return NotFound();

        Pipeline = pipeline;
        var type = portal.Current.Type(Kind.TypeId)!;
        Counts = await sender.Send(new CountFieldUsages(type.Id), ct);
        Fields = [.. type.Fields.All.OrderByDescending(f => Counts.GetValueOrDefault(f.Code)).ThenByDescending(f => f.OnForm)];
        Chosen = Code is null ? null : type.Fields.FindByAnyName(Code);
        if (Chosen is not null) Usages = await sender.Send(new FindFieldUsages(type.Id, Chosen.Code), ct);
        return Page();
    }
}
