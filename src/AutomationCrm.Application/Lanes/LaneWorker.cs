using System.Collections.Concurrent;
using AutomationCrm.Application.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Lanes;

/// <summary>
/// Claims lanes and works through them. A batch that cannot be written is repeated lane by lane and step by step, so that one bad step
/// neither stops nor repeats its neighbours.
/// </summary>
public sealed class LaneWorker(IServiceScopeFactory scopes, ILaneStore lanes, IOptions<LaneOptions> options, StaleWriters stale, ILogger<LaneWorker> log)
{
    private readonly ConcurrentQueue<(int Node, Guid Token)> unfinished = new();

    /// <summary>One round: claim, run, commit. Answers how many jobs it took; 0 means there is nothing to do.</summary>
    public async Task<int> RunOnceAsync(int node, CancellationToken ct)
    {
        await GiveBackAsync(ct);
        var token = Guid.CreateVersion7();
        try
        {
            return await RunOnceAsync(node, token, ct);
        }
        catch
        {
            // The database is away. This node lives on and keeps its lease, so nobody else would free these lanes.
            unfinished.Enqueue((node, token));
            throw;
        }
    }

    private async Task<int> RunOnceAsync(int node, Guid token, CancellationToken ct)
    {
        var claimed = await lanes.ClaimAsync(node, token, options.Value.LanesPerClaim, options.Value.JobsPerLane, ct);
        if (claimed.Count == 0) return 0;

        // A lane whose worker was lost before is worked on alone: its job may be what kills processes.
        var suspects = claimed.Where(l => l.Attempts > 1).ToList();
        var healthy = claimed.Where(l => l.Attempts <= 1).ToList();
        // One suspect at a time, and the others out of our hands: if it kills this process, they must not count as lost with it.
        if (suspects.Count > 1) await lanes.GiveBackAsync(suspects[1..], ct);
        if (healthy.Count > 0) await RunTogetherAsync(healthy, ct);
        if (suspects.Count > 0) await RunSuspectAsync(suspects[0], ct);
        return healthy.Sum(l => Math.Max(1, l.Jobs.Count)) + (suspects.Count > 0 ? 1 : 0);
    }

    private async Task GiveBackAsync(CancellationToken ct)
    {
        // Taken out first: workers come here side by side, and nobody may strike out what another has not yet given back.
        while (unfinished.TryDequeue(out var claim))
        {
            try
            {
                await lanes.ReleaseAsync(claim.Node, claim.Token, ct);
            }
            catch
            {
                unfinished.Enqueue(claim);
                throw;
            }
        }
    }

    private async Task RunTogetherAsync(List<ClaimedLane> together, CancellationToken ct)
    {
        try
        {
            await InScopeAsync(batch => batch.RunAsync(together, StepBudget.MostSteps, ct));
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogInformation(failure, "A batch of {Lanes} lanes was not written and is repeated one by one", together.Count);
            foreach (var lane in together) await RunAloneAsync(lane, ct);
        }
    }

    private async Task RunSuspectAsync(ClaimedLane lane, CancellationToken ct)
    {
        if (lane.Attempts > options.Value.MostLostClaims && lane.Jobs.Count > 0)
        {
            await QuarantineAsync(lane, "worker.lost", $"The work was lost {lane.Attempts - 1} times in a row.", ct);
            return;
        }

        await RunAloneAsync(lane, ct);
    }

    private async Task RunAloneAsync(ClaimedLane lane, CancellationToken ct)
    {
        try
        {
            await InScopeAsync(batch => batch.RunAsync([lane], mostSteps: 1, ct));
        }
        catch (StaleLaneException)
        {
            Refused(lane);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            await FailAsync(lane, failure, ct);
        }
    }

    private async Task FailAsync(ClaimedLane lane, Exception failure, CancellationToken ct)
    {
        if (lane.Jobs.Count == 0 || Transient.Is(failure))
        {
            log.LogWarning(failure, "Lane {Lane} could not be worked on and is put back", lane.Id.Number);
            await lanes.ReleaseAsync([lane], TimeSpan.FromSeconds(1), ct);
            return;
        }

        log.LogError(failure, "The first job of lane {Lane} cannot be written", lane.Id.Number);
        if (failure is UnknownJobException)
        {
            await QuarantineAsync(lane, "job.unknown", failure.Message, ct);
            return;
        }

        try
        {
            await InScopeAsync(batch => batch.FailAsync(lane, failure.Message, ct));
        }
        catch (StaleLaneException)
        {
            Refused(lane);
        }
        catch (Exception second) when (!ct.IsCancellationRequested)
        {
            log.LogError(second, "Lane {Lane}: the failure could not be recorded with its run", lane.Id.Number);
            await QuarantineAsync(lane, "write.failed", failure.Message, ct);
        }
    }

    private void Refused(ClaimedLane lane)
    {
        stale.Refused(StaleWriters.Lane);
        log.LogWarning("Lane {Lane} was taken by another node; nothing was written", lane.Id.Number);
    }

    private Task QuarantineAsync(ClaimedLane lane, string code, string message, CancellationToken ct)
    {
        var job = lane.Jobs[0];
        return lanes.QuarantineAsync(lane, new() { LaneId = lane.Id.Number, TypeId = lane.Id.Kind, ItemId = lane.Id.Key, Code = code, Message = message, JobKind = job.Kind, Args = job.Args }, ct);
    }

    private async Task InScopeAsync(Func<LaneBatch, Task> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        await run(scope.ServiceProvider.GetRequiredService<LaneBatch>());
    }
}
