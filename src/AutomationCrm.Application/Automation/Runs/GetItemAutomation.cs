using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Every stage with automation and its runs of one item, at most 20 a stage.</summary>
public sealed record GetItemAutomation(ItemRef Item) : IRequest<ItemAutomation>;

internal sealed class GetItemAutomationValidator : AbstractValidator<GetItemAutomation>
{
    public GetItemAutomationValidator() => RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
}

internal sealed class GetItemAutomationHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetItemAutomation, ItemAutomation>
{
    private const int MostRuns = 200;
    private const int MostRunsOfStage = 20;
    private const int MostMoves = 1000;

    public async Task<ItemAutomation> Handle(GetItemAutomation request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var portal = await gate.FreshAsync(cancellationToken);
        var runs = await db.Runs.AsNoTracking().Where(r => r.TypeId == item.Ref.TypeId && r.ItemId == item.Ref.Id).OrderByDescending(r => r.Id).Take(MostRuns).ToListAsync(cancellationToken);
        runs = [.. runs.GroupBy(r => r.StageId).SelectMany(g => g.OrderByDescending(r => r.ItemVersion).ThenByDescending(r => r.Id).Take(MostRunsOfStage))];
        var known = await KnowledgeAsync(runs, portal, cancellationToken);

        var own = item.Type.HasStages ? portal.Pipeline(item.Ref.TypeId, item.PipelineId)?.Stages.Select(s => s.Id).ToList() ?? [] : [];
        var stages = own.Concat(runs.Select(r => r.StageId).Where(id => !own.Contains(id)).Distinct());
        var jumped = item.Type.HasStages ? await JumpedOverAsync(item, portal, cancellationToken) : [];
        return new([.. stages.Select(id => Stage(portal, item, id, runs, known, jumped)).OfType<StageRuns>()]);
    }

    private static StageRuns? Stage(PortalSnapshot portal, Item item, string stageId, List<Run> runs, RunKnowledge known, IReadOnlySet<string> jumped)
    {
        var automation = portal.AutomationOf(item.Ref.TypeId, stageId);
        var views = runs.Where(r => r.StageId == stageId).Select(r => View(r, portal, known)).ToList();
        if (views.Count == 0 && automation is not { RobotCount: > 0 }) return null;

        // Robots that were put on the stage after the item had come to it wait for its next visit.
        var here = item.StageId == stageId;
        IReadOnlyList<RobotView> unreached = views.Count > 0 ? []
            : jumped.Contains(stageId) ? RunAssembly.Unreached(automation!, "stage.jumped", "The item jumped over this stage.")
            : RunAssembly.Unreached(automation!, "stage.never", here ? "The automation was set up after the item had come to this stage." : "The item has not been on this stage.");
        return new(portal.Stage(item.Ref.TypeId, stageId), stageId, automation?.Version, here, views, unreached);
    }

    /// <summary>Stages before its own that it went past and never stood on.</summary>
    private async Task<HashSet<string>> JumpedOverAsync(Item item, PortalSnapshot portal, CancellationToken ct)
    {
        var (typeId, id) = (item.Ref.TypeId, item.Ref.Id);
        var way = await db.StageHistory.AsNoTracking().Where(h => h.TypeId == typeId && h.ItemId == id).OrderBy(h => h.At).ThenBy(h => h.Id).Select(h => h.StageId).Take(MostMoves).ToListAsync(ct);
        var moves = way.Zip(way.Skip(1), (from, to) => PassedStages.Between(portal, portal.Stage(typeId, from), portal.Stage(typeId, to)));
        var before = portal.Pipeline(typeId, item.PipelineId)?.Stages.TakeWhile(s => s.Id != item.StageId).Select(s => s.Id) ?? [];
        return [.. moves.SelectMany(passed => passed).Select(s => s.Id).Intersect(before).Except(way)];
    }

    private static RunView View(Run run, PortalSnapshot portal, RunKnowledge known) => new(
        run,
        run.ActorId == Caller.SystemId ? "" : portal.PersonName(run.ActorId),
        run.FromStageId is { } from ? portal.Stage(run.TypeId, from)?.Name ?? from : null,
        run.CauseRobotRunId is { } cause ? known.Causes.GetValueOrDefault(cause) : null,
        RunAssembly.Robots(run, known));

    private async Task<RunKnowledge> KnowledgeAsync(List<Run> runs, PortalSnapshot portal, CancellationToken ct)
    {
        var ids = runs.ConvertAll(r => r.Id);
        var robotRuns = await db.RobotRuns.AsNoTracking().Where(r => ids.Contains(r.RunId)).OrderBy(r => r.Id).ToListAsync(ct);
        var robotRunIds = robotRuns.ConvertAll(r => r.Id);
        var causes = runs.Select(r => r.CauseRobotRunId).OfType<long>().Distinct().ToArray();
        return new(
            robotRuns.ToLookup(r => r.RunId),
            await db.Deliveries.AsNoTracking().Where(d => robotRunIds.Contains(d.RobotRunId)).ToDictionaryAsync(d => d.RobotRunId, ct),
            await db.Incidents.AsNoTracking().Where(i => i.RunId != null && ids.Contains(i.RunId.Value) && i.State == 0 && i.RobotRunId != null)
                .GroupBy(i => i.RobotRunId!.Value).Select(g => new { g.Key, Id = g.Max(i => i.Id) }).ToDictionaryAsync(g => g.Key, g => g.Id, ct),
            await db.RobotRuns.AsNoTracking().Where(r => causes.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Name, ct),
            await VersionsAsync(runs, portal, ct),
            await LaunchesAsync(runs, ct))
        {
            Held = (await db.HeldJobs.AsNoTracking().Where(h => ids.Contains(h.RunId)).Select(h => new { h.RunId, h.Track, h.Position }).ToListAsync(ct)).Select(h => (h.RunId, h.Track, h.Position)).ToHashSet(),
        };
    }

    private async Task<Dictionary<(string, int), StageAutomation>> VersionsAsync(List<Run> runs, PortalSnapshot portal, CancellationToken ct)
    {
        var wanted = runs.Where(r => r.LaunchId is null).Select(r => (Key: StageAutomation.KeyOf(r.TypeId, r.StageId), Number: r.ConfigVersion)).ToHashSet();
        var (keys, numbers) = (wanted.Select(w => w.Key).Distinct().ToArray(), wanted.Select(w => w.Number).Distinct().ToArray());
        var rows = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageAutomation.ConfigKind && keys.Contains(v.Key) && numbers.Contains(v.Number)).ToListAsync(ct);
        return rows.Where(v => wanted.Contains((v.Key, v.Number))).ToDictionary(v => (v.Key, v.Number), portal.Compile);
    }

    private async Task<Dictionary<long, StageAutomation>> LaunchesAsync(List<Run> runs, CancellationToken ct)
    {
        var ids = runs.Select(r => r.LaunchId).OfType<long>().Distinct().ToArray();
        if (ids.Length == 0) return [];

        return (await db.Launches.AsNoTracking().Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.Content }).ToListAsync(ct)).ToDictionary(l => l.Id, l => StageAutomation.Parse(0, l.Content));
    }
}

/// <summary>Everything the views of an item's runs are made of.</summary>
internal sealed record RunKnowledge(
    ILookup<long, RobotRun> RobotRuns,
    IReadOnlyDictionary<long, Delivery> Deliveries,
    IReadOnlyDictionary<long, long> Incidents,
    IReadOnlyDictionary<long, string> Causes,
    IReadOnlyDictionary<(string Key, int Number), StageAutomation> Versions,
    IReadOnlyDictionary<long, StageAutomation> Launches)
{
    /// <summary>Robots whose turn has come while they are paused.</summary>
    public IReadOnlySet<(long Run, int Track, int Position)> Held { get; init; } = new HashSet<(long, int, int)>();

    /// <summary>The robots a run is pinned to; null when they are gone.</summary>
    public StageAutomation? RobotsOf(Run run) =>
        run.LaunchId is { } launch ? Launches.GetValueOrDefault(launch) : Versions.GetValueOrDefault((StageAutomation.KeyOf(run.TypeId, run.StageId), run.ConfigVersion));
}
