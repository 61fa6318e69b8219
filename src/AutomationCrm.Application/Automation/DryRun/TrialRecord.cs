using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>Takes down what the steps of a dry run would do, and tells it robot by robot at the end.</summary>
internal sealed class TrialRecord(long? follows)
{
    private readonly Dictionary<long, List<TrialAct>> acts = [];
    private readonly List<TrialAct> entry = [];
    private readonly List<long> runs = follows is { } run ? [run] : [];
    private readonly Dictionary<long, RobotRun> robotRuns = [];
    private readonly HashSet<long> stopped = [];

    public RobotRun RobotRun(long id) => robotRuns[id];

    public List<TrialTrigger> Triggers { get; } = [];

    public void Take(ChangeSet changes, PortalSnapshot portal)
    {
        runs.AddRange(changes.NewRuns.Select(r => r.Id));
        foreach (var robotRun in changes.NewRobotRuns.Concat(changes.ChangedRobotRuns)) robotRuns[robotRun.Id] = robotRun;
        foreach (var cancelled in changes.CancelledRobotRuns) stopped.Add(cancelled.Id);
        foreach (var record in changes.TriggerRecords) Triggers.AddRange(Candidates(record.Candidates));
        foreach (var e in changes.Events) Add(e.RobotRunId, new(e.Kind, new(e.TypeId, e.ItemId), "") { Changes = Changes(e.Changes, portal.Type(e.TypeId)) });
        foreach (var t in changes.NewTasks) Add(t.RobotRunId, new("task", Item(t.TypeId, t.ItemId), t.Title) { To = portal.PersonName(t.ResponsibleId) });
        foreach (var t in changes.ChangedTasks) Add(t.RobotRunId, new("task.changed", Item(t.TypeId, t.ItemId), t.Title) { To = portal.PersonName(t.ResponsibleId) });
        foreach (var c in changes.Comments) Add(c.RobotRunId, new("comment", new(c.TypeId, c.ItemId), c.Text));
        foreach (var n in changes.TimelineNotes) Add(n.RobotRunId, new("note", new(n.TypeId, n.ItemId), n.Subject));
        foreach (var n in changes.Notifications) Add(n.RobotRunId, new("notification", Item(n.TypeId, n.ItemId), n.Text) { To = portal.PersonName(n.PersonId) });
        foreach (var f in changes.NewFiles) Add(null, new("file", null, f.File.Name));
        foreach (var d in changes.NewDeliveries) Add(d.RobotRunId, new("delivery", new(d.TypeId, d.ItemId), d.EffectKind) { To = d.Destination, Request = d.Request });
    }

    /// <summary>Reads the rows inside the trial's transaction and explains them as the item's own page would.</summary>
    public async Task<(IReadOnlyList<TrialRun> Runs, IReadOnlyList<TrialAct> Entry)> TellAsync(CrmDbContext db, PortalSnapshot portal, CancellationToken ct)
    {
        var found = await db.Runs.AsNoTracking().Where(r => runs.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(ct);
        var robots = await db.RobotRuns.AsNoTracking().Where(r => runs.Contains(r.RunId)).OrderBy(r => r.Id).ToListAsync(ct);
        var ids = robots.ConvertAll(r => r.Id);
        var known = new RunKnowledge(
            robots.ToLookup(r => r.RunId),
            await db.Deliveries.AsNoTracking().Where(d => ids.Contains(d.RobotRunId)).ToDictionaryAsync(d => d.RobotRunId, ct),
            new Dictionary<long, long>(),
            new Dictionary<long, string>(),
            Versions(found, portal),
            new Dictionary<long, StageAutomation>());
        var titles = await TitlesAsync(db, found, ct);
        await AddStoppedAsync(db, ct);
        return ([.. found.Select(r => new TrialRun(r, portal.Stage(r.TypeId, r.StageId), titles.GetValueOrDefault(new(r.TypeId, r.ItemId), ""),
            [.. RunAssembly.Robots(r, known).Select(v => new TrialRobot(v, v.RobotRunId is { } id && acts.TryGetValue(id, out var did) ? did : []))]))], entry);
    }

    public IReadOnlyList<TrialWait> Waiting(IReadOnlyList<TrialRun> told) =>
        [.. told.SelectMany(r => r.Robots).Where(r => r.View.Progress is RobotProgress.Waiting or RobotProgress.Retrying).Select(r => new TrialWait(r.View.Name, r.View.DueAt))];

    public static IEnumerable<TrialTrigger> Candidates(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        string Text(System.Text.Json.JsonElement candidate, string name) => candidate.GetProperty(name).GetString() ?? "";
        return [.. document.RootElement.EnumerateArray().Select(c => new TrialTrigger(
            Text(c, "key"), Text(c, "name"), Text(c, "type"), Text(c, "stageId"), Text(c, "code"), Text(c, "message"), c.TryGetProperty("condition", out var condition) ? condition.GetRawText() : null))];
    }

    private static Dictionary<(string, int), StageAutomation> Versions(List<Run> found, PortalSnapshot portal)
    {
        var versions = new Dictionary<(string, int), StageAutomation>();
        foreach (var run in found)
            if (portal.AutomationOf(run.TypeId, run.StageId) is { } automation && automation.Version == run.ConfigVersion)
                versions[(StageAutomation.KeyOf(run.TypeId, run.StageId), run.ConfigVersion)] = automation;
        return versions;
    }

    private static async Task<Dictionary<ItemRef, string>> TitlesAsync(CrmDbContext db, List<Run> found, CancellationToken ct)
    {
        var (types, ids) = (found.Select(r => r.TypeId).Distinct().ToArray(), found.Select(r => r.ItemId).Distinct().ToArray());
        var titles = await db.Database.SqlQuery<TitleRow>($"select type_id as \"TypeId\", id as \"Id\", title as \"Title\" from item where type_id = any({types}) and id = any({ids})").ToListAsync(ct);
        return titles.ToDictionary(t => new ItemRef(t.TypeId, t.Id), t => t.Title);
    }

    // Robots of earlier runs that the move would stop.
    private async Task AddStoppedAsync(CrmDbContext db, CancellationToken ct)
    {
        var former = stopped.Where(id => !robotRuns.TryGetValue(id, out var known) || !runs.Contains(known.RunId)).ToArray();
        foreach (var robotRun in await db.RobotRuns.AsNoTracking().Where(r => former.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(ct))
            entry.Add(new("stopped", new(robotRun.TypeId, robotRun.ItemId), robotRun.Name));
    }

    private void Add(long? robotRun, TrialAct act)
    {
        if (robotRun is not { } id) entry.Add(act);
        else if (acts.TryGetValue(id, out var list)) list.Add(act);
        else acts[id] = [act];
    }

    private static ItemRef? Item(int? type, long? id) => type is { } t && id is { } i ? new(t, i) : null;

    // What follows by itself from another change is no news.
    private static List<TrialChange> Changes(string json, ItemType? type)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject()
            .Where(c => type?.Fields.Find(c.Name) is not { } field || !field.ReadOnly || field.Kind is FieldKind.Stage or FieldKind.Pipeline)
            .Select(c => new TrialChange(c.Name, Raw(c.Value, "old"), Raw(c.Value, "new")))];
    }

    private static string? Raw(System.Text.Json.JsonElement change, string name) => change.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private sealed record TitleRow(int TypeId, long Id, string Title);
}
