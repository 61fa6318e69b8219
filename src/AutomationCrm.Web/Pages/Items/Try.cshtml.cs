using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Items;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>What would happen with an item: a robot that waits goes on now, or a script is started. Nothing is done.</summary>
public sealed class TryModel(ISender sender, Refusals refusals) : PageModel
{
    private const string Value = "v.";

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public Item Item { get; private set; } = null!;

    public StageTrial? Trial { get; private set; }

    public string? Problem { get; private set; }

    public string ItemAddress => ItemKind.UrlOf(Item.Ref);

    internal ItemKind Kind => RouteData.Kind();

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task OnPostWaitAsync(long wait, CancellationToken ct) => TryAsync(() => sender.Send(new TryWait(wait), ct), ct);

    public Task OnPostScriptAsync(long script, CancellationToken ct)
    {
        var values = Request.Form.Where(f => f.Key.StartsWith(Value, StringComparison.Ordinal)).ToDictionary(f => f.Key[Value.Length..], f => f.Value.ToString(), StringComparer.Ordinal);
        return TryAsync(() => sender.Send(new TryScript(new(Kind.TypeId, Id), script) { Values = values }, ct), ct);
    }

    private async Task TryAsync(Func<Task<StageTrial>> trial, CancellationToken ct)
    {
        await LoadAsync(ct);
        try
        {
            Trial = await trial();
        }
        catch (ValidationException refused)
        {
            Problem = refusals.Say(refused);
        }
        catch (Exception refused) when (refused is RuleBrokenException or NotFoundException or AccessDeniedException or ConflictException)
        {
            Problem = refused.Message;
        }

        if (Problem is not null) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    private async Task LoadAsync(CancellationToken ct) => Item = await sender.Send(new GetItem(new(Kind.TypeId, Id)), ct);
}
