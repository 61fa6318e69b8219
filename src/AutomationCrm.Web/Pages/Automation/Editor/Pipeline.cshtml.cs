using System.Globalization;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Hosting.Errors;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Editor;

/// <summary>The robots of a pipeline, a column per stage. Every change is a new version and live at once, or goes into a draft.</summary>
public sealed class PipelineModel(ISender sender, IPortal portal, RobotCatalogue catalogue, IStringLocalizer<Texts> texts) : PageModel
{
    private const int UndoSeconds = 15;
    private const int MostQuestions = 50;

    [BindProperty(SupportsGet = true, Name = "drafts")]
    public bool Drafts { get; set; }

    /// <summary>Versions that were just made, see <see cref="MadeVersion"/>.</summary>
    [BindProperty(SupportsGet = true, Name = "made")]
    public string[] Made { get; set; } = [];

    /// <summary>A question each: shall the robots that came onto the stage run for the items that are there already?</summary>
    public IReadOnlyList<AddedRobots> Questions { get; private set; } = [];

    public Pipeline Pipeline { get; private set; } = null!;

    internal IReadOnlyList<StageColumnView> Columns { get; private set; } = [];

    public IReadOnlyList<(string Text, Pipeline Pipeline, string Url, bool Current)> Pipelines { get; private set; } = [];

    /// <summary>How many stages, or the whole pipeline, are paused.</summary>
    public int PausedParts => portal.Current.Pauses.Count(p => p.TypeId == Kind.TypeId && p.PipelineId == PipelineId);

    internal AutomationAddress Address => new(Kind, PipelineId, Drafts);

    internal ItemKind Kind => RouteData.Kind();

    /// <summary>The pipeline of a stage that is not on this page.</summary>
    internal string? ElsewhereOf(Stage stage) => stage.TypeId == Kind.TypeId && stage.PipelineId == PipelineId ? null
        : $"{texts[ItemKind.Of(stage.TypeId).Text]} · {portal.Current.Pipeline(stage.TypeId, stage.PipelineId)?.Name}";

    /// <summary>The versions of the questions that are still open when one is answered.</summary>
    internal IEnumerable<MadeVersion> OthersThan(AddedRobots asked) => Questions.Where(q => q != asked).Select(q => Known.First(m => m.TypeId == q.Stage.TypeId && m.StageId == q.Stage.Id));

    private IEnumerable<MadeVersion> Known => Made.Take(MostQuestions).Select(MadeVersion.Parse).OfType<MadeVersion>();

    private int PipelineId => RouteData.PipelineId();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Questions = await AddedAsync(ct);
        Pipelines =
        [
            .. ItemKind.All.Where(k => k.HasBoard).SelectMany(k => portal.Current.Pipelines.Where(p => p.TypeId == k.TypeId)
                .Select(p => (texts[k.Text].Value, p, new AutomationAddress(k, p.Id, Drafts).Pipeline, k == Kind && p.Id == PipelineId))),
        ];
        return Page();
    }

    /// <summary>One column again, after an edit by script.</summary>
    public async Task<IActionResult> OnGetColumnAsync(string stage, CancellationToken ct)
    {
        await LoadAsync(ct);
        return Columns.FirstOrDefault(c => c.Stage.Id == stage) is { } column ? Partial("_StageColumn", column) : NotFound();
    }

    /// <summary>The questions alone, after a drag.</summary>
    public async Task<IActionResult> OnGetAskAsync(CancellationToken ct)
    {
        Questions = await AddedAsync(ct);
        return Partial("_Apply", this);
    }

    public async Task<IActionResult> OnPostArrangeAsync(string from, int fromVersion, string to, int toVersion, string key, string? before, CancellationToken ct)
    {
        var name = Name(key, await WorkingAsync(from, ct));
        var arranged = await sender.Send(new ArrangeRobots(Kind.TypeId, from, fromVersion, to, toVersion, [key], before) { Draft = Drafts }, ct);
        var message = from == to ? texts["automation.reordered", name] : texts["automation.moved", name, portal.Current.Stage(Kind.TypeId, to)?.Name ?? to];
        return Answer(message, from, arranged.Versions, [(from, fromVersion), (to, toVersion)]);
    }

    public Task<IActionResult> OnPostUpAsync(string stage, int version, string keys, CancellationToken ct) => ShiftAsync(stage, version, keys, -1, ct);

    public Task<IActionResult> OnPostDownAsync(string stage, int version, string keys, CancellationToken ct) => ShiftAsync(stage, version, keys, +1, ct);

    public async Task<IActionResult> OnPostToAsync(string stage, int version, string keys, string to, CancellationToken ct)
    {
        var target = await VersionAsync(to, ct);
        return await OnPostArrangeAsync(stage, version, to, target, keys, null, ct);
    }

    public Task<IActionResult> OnPostSwitchOnAsync(string stage, int version, string[] keys, CancellationToken ct) => ChangeAsync(stage, version, keys, RobotChange.SwitchOn, ct);

    public Task<IActionResult> OnPostSwitchOffAsync(string stage, int version, string[] keys, CancellationToken ct) => ChangeAsync(stage, version, keys, RobotChange.SwitchOff, ct);

    public Task<IActionResult> OnPostDeleteAsync(string stage, int version, string[] keys, CancellationToken ct) => ChangeAsync(stage, version, keys, RobotChange.Remove, ct);

    public Task<IActionResult> OnPostChainAsync(string stage, int version, string[] keys, CancellationToken ct) => ChangeAsync(stage, version, keys, RobotChange.Chain, ct);

    public Task<IActionResult> OnPostUnchainAsync(string stage, int version, string[] keys, CancellationToken ct) => ChangeAsync(stage, version, keys, RobotChange.Unchain, ct);

    /// <summary>The selection goes to the page that asks where to.</summary>
    public IActionResult OnPostCopy(string stage, string[] keys) => Redirect(Address.Copy(stage, keys));

    public async Task<IActionResult> OnPostWindowAsync(string stage, int version, int seconds, bool onImport, bool whenPassed, CancellationToken ct)
    {
        var config = (await WorkingAsync(stage, ct)) with { UndoSeconds = seconds, OnImport = onImport, WhenPassed = whenPassed };
        var saved = Drafts
            ? await sender.Send(new SaveDraft(Kind.TypeId, stage, config, await DraftNumberAsync(stage, ct), version), ct)
            : await sender.Send(new SaveStageAutomation(Kind.TypeId, stage, config, version), ct);
        return Answer(Saved(saved), stage, new Dictionary<string, int> { [stage] = saved }, [(stage, version)]);
    }

    public async Task<IActionResult> OnPostPublishAsync(string stage, int draft, int live, CancellationToken ct)
    {
        var saved = await sender.Send(new PublishDraft(Kind.TypeId, stage, draft, live), ct);
        Flash.Set(TempData, new Flash(texts["automation.saved", saved]));
        return Redirect(new AutomationAddress(Kind, PipelineId).Made(stage, new MadeVersion(Kind.TypeId, stage, saved)));
    }

    public async Task<IActionResult> OnPostDiscardAsync(string stage, int draft, CancellationToken ct)
    {
        await sender.Send(new DiscardDraft(Kind.TypeId, stage, draft), ct);
        Flash.Set(TempData, new Flash(texts["automation.draft_discarded"]));
        return Redirect(new AutomationAddress(Kind, PipelineId).Stage(stage));
    }

    /// <param name="stages">Stage, version to restore and version made, each as <c>NEW~3~4</c>.</param>
    public async Task<IActionResult> OnPostUndoAsync(string stages, CancellationToken ct)
    {
        var former = stages.Split(',').Select(s => s.Split('~')).Select(p => new RestoredStage(p[0], int.Parse(p[1], CultureInfo.InvariantCulture), int.Parse(p[2], CultureInfo.InvariantCulture))).ToList();
        await sender.Send(new RestoreVersions(Kind.TypeId, former), ct);
        if (Request.WantsJson()) return new JsonResult(new { message = texts["automation.undone"].Value });

        Flash.Set(TempData, new Flash(texts["automation.undone"]));
        return Redirect(Address.Pipeline);
    }

    public async Task<IActionResult> OnPostApplyAsync(int type, string stage, string[] added, CancellationToken ct)
    {
        var launch = await sender.Send(new ApplyToStage(type, stage, added), ct);
        if (Made.Length == 0) return Redirect(string.Create(CultureInfo.InvariantCulture, $"/automation/launches/{launch}"));

        Flash.Set(TempData, new Flash(texts["apply.started", portal.Current.Stage(type, stage)?.Name ?? stage]));
        return Redirect(Address.Made(Known.First().StageId, [.. Known]));
    }

    private async Task<IReadOnlyList<AddedRobots>> AddedAsync(CancellationToken ct) =>
        Made.Length == 0 ? [] : await sender.Send(new FindAddedRobots([.. Known]), ct);

    private async Task<IActionResult> ShiftAsync(string stage, int version, string key, int by, CancellationToken ct)
    {
        var robots = (await WorkingAsync(stage, ct)).Robots.Where(r => r.Key != key).ToList();
        var all = (await WorkingAsync(stage, ct)).Robots.ToList();
        var at = all.FindIndex(r => r.Key == key) + by;
        return await OnPostArrangeAsync(stage, version, stage, version, key, robots.ElementAtOrDefault(Math.Max(0, at))?.Key, ct);
    }

    private async Task<IActionResult> ChangeAsync(string stage, int version, string[] keys, RobotChange change, CancellationToken ct)
    {
        var saved = await sender.Send(new ChangeRobots(Kind.TypeId, stage, version, keys, change) { Draft = Drafts }, ct);
        return Answer(Saved(saved), stage, new Dictionary<string, int> { [stage] = saved }, [(stage, version)]);
    }

    private string Saved(int number) => Drafts ? texts["automation.draft_saved"] : texts["automation.saved", number];

    /// <summary>To a script the outcome with the way back, to a form the page.</summary>
    private IActionResult Answer(string message, string stage, IReadOnlyDictionary<string, int> made, IReadOnlyList<(string Stage, int Version)> before)
    {
        var former = before.Where(b => made.ContainsKey(b.Stage)).DistinctBy(b => b.Stage).Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Stage}~{b.Version}~{made[b.Stage]}")).ToList();
        var undoUrl = Drafts || former.Count == 0 ? null : Address.Handler("Undo", ("stages", string.Join(',', former)));
        List<MadeVersion> asked = Drafts ? [] : [.. made.Select(m => new MadeVersion(Kind.TypeId, m.Key, m.Value))];
        if (Request.WantsJson()) return new JsonResult(new { message, undoUrl, undoSeconds = UndoSeconds, askUrl = asked.Count == 0 ? null : Address.Ask(asked) });

        Flash.Set(TempData, new Flash(message, UndoUrl: undoUrl));
        return Redirect(Address.Made(stage, [.. asked]));
    }

    private static string Name(string key, StageAutomationConfig config) => config.Robots.FirstOrDefault(r => r.Key == key)?.Name ?? key;

    private async Task<StageAutomationConfig> WorkingAsync(string stage, CancellationToken ct) =>
        Drafts && await sender.Send(new GetDraft(Kind.TypeId, stage), ct) is { } draft ? draft.Config : (await sender.Send(new GetStageAutomation(Kind.TypeId, stage), ct)).Config;

    private async Task<int> VersionAsync(string stage, CancellationToken ct) =>
        await DraftNumberAsync(stage, ct) ?? (await sender.Send(new GetStageAutomation(Kind.TypeId, stage), ct)).Version;

    private async Task<int?> DraftNumberAsync(string stage, CancellationToken ct) =>
        Drafts ? (await sender.Send(new GetDraft(Kind.TypeId, stage), ct))?.Number : null;

    private async Task LoadAsync(CancellationToken ct)
    {
        var view = await sender.Send(new GetPipelineAutomation(Kind.TypeId, PipelineId), ct);
        var drafts = await sender.Send(new GetDrafts(Kind.TypeId, PipelineId), ct);
        Pipeline = view.Pipeline;
        Columns = [.. view.Stages.Select(s => Column(s, drafts.GetValueOrDefault(s.Stage.Id)))];
    }

    private StageColumnView Column(StageAutomationView live, StageDraft? draft)
    {
        var shows = Drafts && draft is not null;
        return new(live.Stage, Pipeline, shows ? draft!.Number : live.Version, shows ? draft!.Config : live.Config, live, draft, shows, Address)
        {
            Types = catalogue.All.GroupBy(t => t.Group),
            Author = portal.Current.PersonName(shows ? draft!.AuthorId : live.AuthorId),
            PersonName = portal.Current.PersonName,
        };
    }
}
