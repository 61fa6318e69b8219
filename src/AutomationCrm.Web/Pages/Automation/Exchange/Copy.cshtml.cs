using AutomationCrm.Web.Localization;
using System.Globalization;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Exchange;

/// <summary>Where chosen robots shall go: stages of any pipeline and item type, with a report of what does not fit before anything is saved.</summary>
public sealed class CopyModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "keys")]
    public string[] Keys { get; set; } = [];

    /// <summary>Each as <c>2:PREPARATION</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "targets")]
    public string[] Targets { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "move")]
    public bool Move { get; set; }

    [BindProperty(SupportsGet = true, Name = "drafts")]
    public bool Drafts { get; set; }

    public Stage Stage { get; private set; } = null!;

    public int Version { get; private set; }

    public IReadOnlyList<RobotConfig> Robots { get; private set; } = [];

    /// <summary>Null before targets were chosen.</summary>
    public CopyReport? Report { get; private set; }

    public string? Problem { get; private set; }

    public IEnumerable<(string Type, Pipeline Pipeline)> Pipelines =>
        ItemKind.All.Where(k => k.HasBoard).SelectMany(k => portal.Current.Pipelines.Where(p => p.TypeId == k.TypeId).Select(p => (texts[k.Text].Value, p)));

    internal AutomationAddress Address => new(Kind, Stage.PipelineId, Drafts);

    private ItemKind Kind => RouteData.Kind();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Robots.Count == 0) return Redirect(Address.Stage(StageId));
        if (Move && Targets.Length > 1) Problem = texts["copy.one_target"];
        else if (Targets.Length > 0) Report = await sender.Send(Copying(dryRun: true), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        await LoadAsync(ct);
        Version = version;
        var done = await sender.Send(Copying(dryRun: false), ct);
        var left = done.Targets.Sum(t => t.Robots.Count(r => r.Problems.Count > 0));
        var copied = done.Targets.Sum(t => t.Robots.Count) - left;
        var message = texts.Plural(Move ? "copy.moved" : "copy.copied", copied, string.Join(", ", done.Targets.Select(t => t.Stage.Name)));
        Flash.Set(TempData, new Flash(left == 0 ? message : $"{message} {texts.Plural("copy.left", left)}", left == 0 ? "success" : "warning"));
        var first = done.Targets[0].Stage;
        var made = Drafts ? [] : done.Targets.Where(t => t.Version is not null).Select(t => new MadeVersion(t.Stage.TypeId, t.Stage.Id, t.Version!.Value));
        return Redirect(new AutomationAddress(ItemKind.Of(first.TypeId), first.PipelineId, Drafts).Made(first.Id, [.. made]));
    }

    public bool IsChosen(Stage stage) => Targets.Contains(Code(stage));

    public static string Code(Stage stage) => string.Create(CultureInfo.InvariantCulture, $"{stage.TypeId}:{stage.Id}");

    private CopyRobots Copying(bool dryRun) => new(new(Kind.TypeId, StageId), Version, Keys, [.. Targets.Select(Place)], Move, dryRun) { Draft = Drafts };

    private static StagePlace Place(string code)
    {
        var colon = code.IndexOf(':', StringComparison.Ordinal);
        return new(int.TryParse(code.AsSpan(0, Math.Max(0, colon)), CultureInfo.InvariantCulture, out var type) ? type : 0, code[(colon + 1)..]);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var live = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        var draft = Drafts ? await sender.Send(new GetDraft(Kind.TypeId, StageId), ct) : null;
        (Stage, Version) = (live.Stage, draft?.Number ?? live.Version);
        Robots = [.. (draft?.Config ?? live.Config).Robots.Where(r => Keys.Contains(r.Key))];
    }
}
