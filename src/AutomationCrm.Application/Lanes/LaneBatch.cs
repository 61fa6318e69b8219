using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;

namespace AutomationCrm.Application.Lanes;

/// <summary>
/// Works through claimed lanes in one transaction: reads for all, runs job after job in memory, writes everything with one commit.
/// One per scope.
/// </summary>
internal sealed class LaneBatch(UnitOfWork work, IWorkStore store, StepBudget budget, IEnumerable<IJobHandler> handlers, IAfterCommit afterCommit)
{
    private readonly Dictionary<string, IJobHandler> handlers = handlers.ToDictionary(h => h.Kind);

    /// <summary>Runs and commits. Any exception means that nothing was written.</summary>
    public async Task RunAsync(IReadOnlyList<ClaimedLane> lanes, int mostSteps, CancellationToken ct)
    {
        await BeginAsync(lanes, ct);
        try
        {
            budget.Begin(mostSteps);
            var completions = new List<LaneCompletion>(lanes.Count);
            foreach (var lane in lanes) completions.Add(new(lane.Id, lane.Token, await RunLaneAsync(lane, ct)));
            await store.WriteAsync(work.ToBatch() with { Lanes = completions }, ct);
        }
        catch
        {
            await store.RollBackLaneAsync();
            throw;
        }

        afterCommit.Committed(work.Changes.Jobs.Count + work.Changes.Signals.Count > 0, work.Changes.NewDeliveries.Count > 0, work.Hints);
    }

    /// <summary>Records in a transaction of its own that the first step of the lane's first job cannot be written.</summary>
    public async Task FailAsync(ClaimedLane lane, string message, CancellationToken ct)
    {
        await BeginAsync([lane], ct);
        try
        {
            var job = lane.Jobs[0];
            if (handlers.TryGetValue(job.Kind, out var handler)) await handler.FailAsync(job, message, ct);
            await store.WriteAsync(work.ToBatch() with { Lanes = [new(lane.Id, lane.Token, [job.Seq])] }, ct);
        }
        catch
        {
            await store.RollBackLaneAsync();
            throw;
        }

        afterCommit.Committed(newJobs: true, newDeliveries: false, work.Hints);
    }

    private async Task BeginAsync(IReadOnlyList<ClaimedLane> lanes, CancellationToken ct)
    {
        work.Reset();
        work.InLane = true;
        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        await store.BeginLaneAsync(ct);
        try
        {
            foreach (var kind in lanes.SelectMany(l => l.Jobs).GroupBy(j => j.Kind))
                if (handlers.TryGetValue(kind.Key, out var handler)) await handler.PrefetchAsync([.. kind], ct);
        }
        catch
        {
            await store.RollBackLaneAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<long>> RunLaneAsync(ClaimedLane lane, CancellationToken ct)
    {
        var done = new List<long>(lane.Jobs.Count);
        foreach (var job in lane.Jobs)
        {
            if (budget.IsSpent) break;

            if (!handlers.TryGetValue(job.Kind, out var handler))
            {
                // What comes before it is written first: a failure is always that of the lane's first job.
                if (done.Count > 0) break;
                throw new UnknownJobException(job.Kind);
            }

            await handler.RunAsync(job, ct);
            done.Add(job.Seq);
        }

        return done;
    }
}
