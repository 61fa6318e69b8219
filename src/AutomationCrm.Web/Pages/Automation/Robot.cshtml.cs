using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>One robot of a stage: its form is made from the robot type's descriptor.</summary>
public sealed class RobotModel(ISender sender, IPortal portal, RobotCatalogue catalogue, RobotTexts names, IStringLocalizer<Texts> texts) : PageModel
{
    private IReadOnlyList<TemplateChoice> templates = [];

    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "key")]
    public string? Key { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    public StageAutomationView View { get; private set; } = null!;

    public RobotDescriptor Descriptor { get; private set; } = null!;

    public RobotConfig Robot { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    public ItemType ItemType { get; private set; } = null!;

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public bool IsNew => string.IsNullOrEmpty(Key);

    /// <summary>Results that robots before this one leave.</summary>
    public IEnumerable<(string Placeholder, string Robot)> EarlierResults =>
        View.Config.Robots.TakeWhile(r => r.Key != Key).SelectMany(r => catalogue.Find(r.Type)?.Descriptor.Results.Select(f => ($"{{={r.Key}:{f.Code}}}", r.Name)) ?? []);

    public IEnumerable<Field> Fields => ItemType.Fields.All.OrderByDescending(f => f.OnForm);

    public int Version => View.Version;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => ItemKind.Of((string)RouteData.Values["kind"]!);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Robot = RobotForm.Read(await Request.ReadFormAsync(ct), Descriptor, Robot);
        if (Robot.Name.Length == 0) Robot = Robot with { Name = names.Name(Descriptor.Code) };
        IReadOnlyList<RobotConfig> robots = IsNew ? [.. View.Config.Robots, Robot] : [.. View.Config.Robots.Select(r => r.Key == Key ? Robot : r)];
        try
        {
            var saved = await sender.Send(new SaveStageAutomation(Kind.TypeId, StageId, View.Config with { Robots = robots }, version), ct);
            Flash.Set(TempData, new Flash(texts["automation.saved", saved]));
            return Redirect(Address.Stage(StageId));
        }
        catch (ValidationException invalid)
        {
            Problems = [.. invalid.Errors.Select(e => e.ErrorMessage)];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    public SettingView Setting(Field field) => new(
        Descriptor.Code,
        field,
        Robot.Settings.TryGetProperty(field.Code, out var value) ? value : null,
        ItemType,
        Pipeline,
        [.. portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture)])
    {
        Templates = templates,
    };

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        View = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        ItemType = portal.Current.Type(Kind.TypeId)!;
        Pipeline = portal.Current.Pipeline(Kind.TypeId, View.Stage.PipelineId)!;
        var found = IsNew ? new RobotConfig { Type = Type ?? "" } : View.Config.Robots.FirstOrDefault(r => r.Key == Key);
        if (found is null || catalogue.Find(found.Type) is not { } robot) return false;

        (Robot, Descriptor) = (found, robot.Descriptor);
        if (IsNew) Robot = Robot with { Name = names.Name(found.Type) };
        if (Descriptor.Settings.Any(f => f.Kind == FieldKind.DocumentTemplate)) templates = await sender.Send(new ListTemplateChoices(Kind.TypeId), ct);
        return true;
    }
}
