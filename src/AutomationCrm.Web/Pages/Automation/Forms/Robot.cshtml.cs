using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Editing;
using AutomationCrm.Web.Pages.Automation.Editor;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>One robot of a stage: its form is made from the robot type's descriptor.</summary>
public sealed class RobotModel(ISender sender, IPortal portal, RobotCatalogue catalogue, RobotTexts names, ProblemTexts problemTexts, EditorFacts facts, IStringLocalizer<Texts> texts) : PageModel
{
    private const int LongestText = 20_000;

    private IReadOnlyDictionary<FieldKind, IReadOnlyList<SettingChoice>> choices = new Dictionary<FieldKind, IReadOnlyList<SettingChoice>>();
    private Script? script;

    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "key")]
    public string? Key { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? Type { get; set; }

    [BindProperty(SupportsGet = true, Name = "drafts")]
    public bool Drafts { get; set; }

    /// <summary>A robot of this script instead of a stage.</summary>
    [BindProperty(SupportsGet = true, Name = "script")]
    public long? ScriptId { get; set; }

    /// <summary>Where the robot stands, in words.</summary>
    public string PlaceName { get; private set; } = "";

    public string BackUrl => ScriptId is { } script ? Address.Script(script) : Address.Stage(StageId);

    public RobotDescriptor Descriptor { get; private set; } = null!;

    public RobotConfig Robot { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    public ItemType ItemType { get; private set; } = null!;

    /// <summary>What the save refused, with the id of the part of the form.</summary>
    public IReadOnlyList<(string Text, string Anchor)> Problems { get; private set; } = [];

    public TextScope Scope { get; private set; } = null!;

    public bool IsNew => string.IsNullOrEmpty(Key);

    /// <summary>What an edit is based on: the live version, or the draft's number.</summary>
    public int Version { get; private set; }

    internal DelayForm Delay => DelayForm.Of(Robot.Delay);

    internal AutomationAddress Address => new(Kind, Pipeline.Id, Drafts);

    /// <summary>For the condition of the robot itself; settings have their own.</summary>
    public EditorPlace Place { get; private set; } = null!;

    public string? Sentence => names.Sentence(Robot.Condition, ItemType.Id, Config.Robots);

    public IReadOnlyList<TriggerConfig> Starters => [.. Config.Triggers.Where(t => !t.Move)];

    private StageAutomationConfig Config { get; set; } = new();

    private ItemKind Kind => RouteData.Kind();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int version, string? save, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Robot = RobotForm.Read(await Request.ReadFormAsync(ct), Descriptor, Robot);
        if (Robot.Name.Length == 0) Robot = Robot with { Name = names.Name(Descriptor.Code) };
        if (IsNew) Robot = Robot with { Key = "" };
        var config = Config with { Robots = IsNew ? [.. Config.Robots, Robot] : [.. Config.Robots.Select(r => r.Key == Key ? Robot : r)] };
        if (ScriptId is not null) return await KeepScriptAsync(config.Robots, ct);
        return Drafts || save == "draft" ? await KeepAsync(config, version, ct) : await PublishAsync(config, version, ct);
    }

    /// <summary>The settings again, with the fields of the item type just chosen.</summary>
    public async Task<IActionResult> OnPostSettingsAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Robot = RobotForm.Read(await Request.ReadFormAsync(ct), Descriptor, Robot);
        return Partial("_Settings", this);
    }

    /// <summary>What can be written at the caret, and what is wrong with the text so far.</summary>
    public async Task<IActionResult> OnPostAssistAsync(string? text, int position, CancellationToken ct)
    {
        var written = text is { Length: > LongestText } ? text[..LongestText] : text ?? "";
        var scope = await sender.Send(new GetTextScope(Kind.TypeId, StageId, Key, Drafts) { ScriptId = ScriptId }, ct);
        var completions = Completer.At(written, position, facts.Known(scope));
        return new JsonResult(new
        {
            start = completions.Start,
            length = completions.Length,
            items = completions.Items.Select(i => new { label = i.Label, insert = i.Insert, kind = i.Kind.ToString(), title = i.Title.Length > 0 ? i.Title : i.DetailKey is { } key ? ExpressionTexts.Get(key, CultureInfo.CurrentUICulture) : "" }),
            problems = Template.Parse(written).Check(scope.Knows).Select(p => new { message = ExpressionTexts.Describe(p, CultureInfo.CurrentUICulture), position = p.Position, length = p.Length }),
        });
    }

    /// <summary>A condition in plain words, and what is wrong with it.</summary>
    public async Task<IActionResult> OnPostSentenceAsync(string? condition, CancellationToken ct)
    {
        if (RobotForm.ReadCondition(condition ?? "") is not { } json) return new JsonResult(new { sentence = "", problems = Array.Empty<string>() });

        if (!await LoadAsync(ct)) return NotFound();
        var reading = ConditionJson.Read(json);
        var unknown = reading.Condition?.Check(Scope.Knows) ?? [];
        return new JsonResult(new { sentence = names.Sentence(json, Kind.TypeId, Config.Robots) ?? "", problems = reading.Problems.Concat(unknown).Select(p => ExpressionTexts.Describe(p, CultureInfo.CurrentUICulture)) });
    }

    public SettingView Setting(Field field) => new(
        Descriptor.Code,
        field,
        Robot.Settings.TryGetProperty(field.Code, out var value) ? value : null,
        TargetType,
        Pipeline,
        portal.Current,
        Place)
    {
        Choices = choices.GetValueOrDefault(field.Kind) ?? facts.Choices(Scope, field.Kind),
        MappedTo = int.TryParse(Constants.GetValueOrDefault("pipeline"), NumberStyles.None, CultureInfo.InvariantCulture, out var pipeline) ? portal.Current.Pipeline(TargetType.Id, pipeline)?.Stages ?? [] : [],
    };

    private ItemType TargetType => TargetTypes.Of(Constants, ItemType, portal.Current);

    private Dictionary<string, string> Constants => Robot.Settings.ValueKind != JsonValueKind.Object ? []
        : Robot.Settings.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number).ToDictionary(p => p.Name, p => p.Value.ToString());

    private async Task<IActionResult> PublishAsync(StageAutomationConfig config, int version, CancellationToken ct)
    {
        try
        {
            var saved = await sender.Send(new SaveStageAutomation(Kind.TypeId, StageId, config, version), ct);
            Flash.Set(TempData, new Flash(texts["automation.saved", saved]));
            // Only robots that were added raise the question of the items that are there already.
            return Redirect(IsNew ? Address.Made(StageId, new MadeVersion(Kind.TypeId, StageId, saved)) : Address.Stage(StageId));
        }
        catch (ValidationException invalid)
        {
            return Refused(invalid, config);
        }
    }

    private async Task<IActionResult> KeepScriptAsync(IReadOnlyList<RobotConfig> robots, CancellationToken ct)
    {
        try
        {
            await sender.Send(new SaveScript(Kind.TypeId, ScriptId, script!.Config with { Robots = robots }, script.Version), ct);
            Flash.Set(TempData, new Flash(texts["script.saved"]));
            return Redirect(BackUrl);
        }
        catch (ValidationException invalid)
        {
            return Refused(invalid, new() { Robots = robots });
        }
    }

    private PageResult Refused(ValidationException invalid, StageAutomationConfig config)
    {
        Problems = [.. invalid.Errors.Select(e => (Say(e.PropertyName, e.ErrorCode, e.ErrorMessage, config), AutomationAddress.Anchor(PartOf(e.PropertyName))))];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<IActionResult> KeepAsync(StageAutomationConfig config, int version, CancellationToken ct)
    {
        var draft = await sender.Send(new GetDraft(Kind.TypeId, StageId), ct);
        await sender.Send(new SaveDraft(Kind.TypeId, StageId, config, draft?.Number == version ? version : draft is null ? null : -1, Version), ct);
        Flash.Set(TempData, new Flash(texts["automation.draft_saved"], "info"));
        return Redirect((Address with { Drafts = true }).Stage(StageId));
    }

    /// <param name="path">Such as <c>robots[2].condition</c>.</param>
    private string Say(string path, string code, string message, StageAutomationConfig config)
    {
        var (open, close) = (path.IndexOf('[', StringComparison.Ordinal), path.IndexOf(']', StringComparison.Ordinal));
        var index = open >= 0 && close > open && int.TryParse(path.AsSpan(open + 1, close - open - 1), CultureInfo.InvariantCulture, out var i) ? i : -1;
        var robot = config.Robots.ElementAtOrDefault(index) ?? Robot;
        var said = problemTexts.Say(code, PartOf(path), robot.Type, message);
        return ReferenceEquals(robot, Robot) ? said : texts["problem.of_robot", robot.Name, said];
    }

    private static string PartOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private async Task<bool> LoadPlaceAsync(CancellationToken ct)
    {
        if (ScriptId is { } id)
        {
            script = (await sender.Send(new ListScripts(Kind.TypeId, id), ct)) is [var found] ? found : null;
            if (script is null || portal.Current.DefaultPipeline(Kind.TypeId) is not { } pipeline) return false;

            (Pipeline, Config, Version, PlaceName) = (pipeline, script.Config.AsStage(), script.Version, texts["script.of", script.Config.Name]);
            return true;
        }

        var live = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        var draft = Drafts ? await sender.Send(new GetDraft(Kind.TypeId, StageId), ct) : null;
        (Config, Version) = (draft?.Config ?? live.Config, draft?.Number ?? live.Version);
        (Pipeline, PlaceName) = (portal.Current.Pipeline(Kind.TypeId, live.Stage.PipelineId)!, texts["robotform.stage_of", live.Stage.Name]);
        return true;
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (!await LoadPlaceAsync(ct)) return false;
        ItemType = portal.Current.Type(Kind.TypeId)!;
        var found = IsNew ? new RobotConfig { Type = Type ?? "" } : Config.Robots.FirstOrDefault(r => r.Key == Key);
        if (found is null || catalogue.Find(found.Type) is not { } robot) return false;

        (Robot, Descriptor) = (found, robot.Descriptor);
        if (IsNew) Robot = Robot with { Name = names.Name(found.Type) };
        Scope = await sender.Send(new GetTextScope(Kind.TypeId, StageId, Key, Drafts) { ScriptId = ScriptId }, ct);
        Place = new(Address.RobotHandler("Assist", StageId, Key, Descriptor.Code, ScriptId), Address.RobotHandler("Sentence", StageId, Key, Descriptor.Code, ScriptId), Address.RobotHandler("Settings", StageId, Key, Descriptor.Code, ScriptId), facts.Json(Scope, Kind.TypeId));
        choices = await sender.Send(new ListSettingChoices([.. Descriptor.Settings.Select(f => f.Kind)]), ct);
        return true;
    }
}
