using System.Globalization;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Web.Pages.Automation.Editor;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>One trigger of a stage: its form is made from the trigger type's descriptor.</summary>
public sealed class TriggerModel(ISender sender, IPortal portal, TriggerCatalogue catalogue, TriggerTexts names, RobotTexts robots, ProblemTexts problemTexts, EditorFacts facts, IStringLocalizer<Texts> texts) : PageModel
{
    private IReadOnlyDictionary<FieldKind, IReadOnlyList<SettingChoice>> choices = new Dictionary<FieldKind, IReadOnlyList<SettingChoice>>();

    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "key")]
    public string? Key { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true, Name = "drafts")]
    public bool Drafts { get; set; }

    public StageAutomationView View { get; private set; } = null!;

    public TriggerDescriptor Descriptor { get; private set; } = null!;

    public TriggerConfig Trigger { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public bool IsNew => string.IsNullOrEmpty(Key);

    /// <summary>What an edit is based on: the live version, or the draft's number.</summary>
    public int Version { get; private set; }

    public EditorPlace Place { get; private set; } = null!;

    public string? Sentence => robots.Sentence(Trigger.Condition, Kind.TypeId, []);

    public IEnumerable<Person> People => portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture);

    internal AutomationAddress Address => new(Kind, Pipeline.Id, Drafts);

    private StageAutomationConfig Config { get; set; } = new();

    private ItemKind Kind => RouteData.Kind();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Trigger = Read(await Request.ReadFormAsync(ct));
        return await SaveAsync(Config with { Triggers = IsNew ? [.. Config.Triggers, Trigger] : [.. Config.Triggers.Select(t => t.Key == Key ? Trigger : t)] }, version, ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(int version, CancellationToken ct) =>
        await LoadAsync(ct) ? await SaveAsync(Config with { Triggers = [.. Config.Triggers.Where(t => t.Key != Key)] }, version, ct) : NotFound();

    /// <summary>The condition in plain words, and what is wrong with it.</summary>
    public async Task<IActionResult> OnPostSentenceAsync(string? condition, CancellationToken ct)
    {
        if (RobotForm.ReadCondition(condition ?? "") is not { } json) return new JsonResult(new { sentence = "", problems = Array.Empty<string>() });

        if (!await LoadAsync(ct)) return NotFound();
        var reading = ConditionJson.Read(json);
        return new JsonResult(new { sentence = robots.Sentence(json, Kind.TypeId, []) ?? "", problems = reading.Problems.Select(p => ExpressionTexts.Describe(p, CultureInfo.CurrentUICulture)) });
    }

    public SettingView Setting(Field field) =>
        new(TriggerTexts.Prefix + Descriptor.Code, field, Trigger.Settings.TryGetProperty(field.Code, out var value) ? value : null, portal.Current.Type(Kind.TypeId)!, Pipeline, portal.Current, Place) { Choices = choices.GetValueOrDefault(field.Kind) ?? [], IsTrigger = true };

    private TriggerConfig Read(IFormCollection form) => Trigger with
    {
        Key = IsNew ? "" : Key!,
        Name = form["name"].ToString().Trim() is { Length: > 0 } name ? name : names.Name(Descriptor.Code),
        Enabled = form["enabled"] == "Y",
        AllowBackwards = form["allowBackwards"] == "Y",
        Move = form["move"] != "N",
        RunAs = form["runAs"].ToString() is { Length: > 0 } runAs ? runAs : TriggerConfig.System,
        Condition = RobotForm.ReadCondition(form["condition"].ToString()),
        Settings = RobotForm.ReadSettings(form, Descriptor.Settings),
    };

    private async Task<IActionResult> SaveAsync(StageAutomationConfig config, int version, CancellationToken ct)
    {
        if (Drafts)
        {
            var draft = await sender.Send(new GetDraft(Kind.TypeId, StageId), ct);
            await sender.Send(new SaveDraft(Kind.TypeId, StageId, config, draft?.Number == version ? version : draft is null ? null : -1, Version), ct);
            Flash.Set(TempData, new Flash(texts["automation.draft_saved"], "info"));
            return Redirect(Address.Stage(StageId));
        }

        try
        {
            var saved = await sender.Send(new SaveStageAutomation(Kind.TypeId, StageId, config, version), ct);
            Flash.Set(TempData, new Flash(texts["automation.saved", saved]));
            return Redirect(Address.Stage(StageId));
        }
        catch (ValidationException invalid)
        {
            Problems = [.. invalid.Errors.Select(e => problemTexts.Say(e.ErrorCode, e.PropertyName[(e.PropertyName.LastIndexOf('.') + 1)..], TriggerTexts.Prefix + Descriptor.Code, e.ErrorMessage))];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        View = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        var draft = Drafts ? await sender.Send(new GetDraft(Kind.TypeId, StageId), ct) : null;
        (Config, Version) = (draft?.Config ?? View.Config, draft?.Number ?? View.Version);
        Pipeline = portal.Current.Pipeline(Kind.TypeId, View.Stage.PipelineId)!;
        var found = IsNew ? new TriggerConfig { Type = Type ?? "" } : Config.Triggers.FirstOrDefault(t => t.Key == Key);
        if (found is null || catalogue.Find(found.Type) is not { } type) return false;

        (Trigger, Descriptor) = (IsNew ? found with { Name = names.Name(found.Type) } : found, type.Descriptor);
        choices = await sender.Send(new ListSettingChoices([.. Descriptor.Settings.Select(f => f.Kind)]), ct);
        var scope = await sender.Send(new GetTextScope(Kind.TypeId, StageId, null, Drafts), ct);
        Place = new("", Address.TriggerHandler("Sentence", StageId, Key, Descriptor.Code), "", facts.Json(scope, Kind.TypeId));
        return true;
    }
}
