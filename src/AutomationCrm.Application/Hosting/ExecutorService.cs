using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Hosting;

/// <summary>
/// The executor of this node: workers, senders, timers, lease and housekeeping. Polling is the truth, wake-ups only shorten it; an
/// empty queue is looked at ever less often, up to <see cref="LaneOptions.IdlePollMilliseconds"/>.
/// </summary>
public sealed class ExecutorService(ILaneStore lanes, LaneWorker worker, IDeliveryStore outbox, DeliveryWorker sender, LaneWakeup wakeup, IPortal portal, NodeState node, IOptions<LaneOptions> options, TimeProvider clock, ILogger<ExecutorService> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await portal.FreshAsync(stoppingToken);
        await JoinAsync(stoppingToken);
        var loops = new List<Task> { Guarded("lease", RenewAsync, stoppingToken), Guarded("timers", TimersAsync, stoppingToken), Guarded("housekeeping", SweepAsync, stoppingToken), Guarded("outbox", SendAsync, stoppingToken) };
        for (var i = 0; i < options.Value.Workers; i++) loops.Add(Guarded("lanes", WorkAsync, stoppingToken));
        await Task.WhenAll(loops);
        await LeaveAsync();
    }

    /// <summary>Gives back what is still claimed; a host that failed to start has nothing left to say it with, and the lease runs out by itself.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            await lanes.UnregisterNodeAsync(node.Id, CancellationToken.None);
        }
        catch (Exception failure) when (failure is ObjectDisposedException or System.Data.Common.DbException)
        {
            log.LogWarning(failure, "This node could not say goodbye");
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        for (var pause = FirstPause; !ct.IsCancellationRequested;)
        {
            // Without a lease of its own a node starts nothing: somebody else may be doing the same work.
            var taken = node.HasLease ? await worker.RunOnceAsync(node.Id, ct) : 0;
            pause = taken > 0 ? FirstPause : Longer(pause);
            if (taken == 0) await wakeup.Lanes.WaitAsync(pause, ct);
        }
    }

    private async Task SendAsync(CancellationToken ct)
    {
        var underWay = new List<Task>();
        try
        {
            for (var pause = FirstPause; !ct.IsCancellationRequested;)
            {
                underWay.RemoveAll(t => t.IsCompleted);
                var free = options.Value.Senders - underWay.Count;
                // One question while nothing is due.
                var due = await outbox.NextDueAsync(ct);
                var started = due <= TimeSpan.Zero && node.HasLease && free > 0 ? await sender.StartAsync(node.Id, free, ct) : [];
                underWay.AddRange(started);
                pause = started.Count > 0 ? FirstPause : Longer(pause);
                if (underWay.Count >= options.Value.Senders) await Task.WhenAny(underWay).WaitAsync(ct);
                // What is due and was not taken waits for a free way; a call that ends rings.
                else if (started.Count == 0) await wakeup.Deliveries.WaitAsync(due <= TimeSpan.Zero ? pause : Shorter(pause, due), ct);
            }
        }
        finally
        {
            // Calls that have begun come to their end, so that a stopping node repeats nothing (invariant I19).
            await Task.WhenAll(underWay);
        }
    }

    private async Task TimersAsync(CancellationToken ct)
    {
        for (var pause = FirstPause; !ct.IsCancellationRequested;)
        {
            // One question while nothing is due.
            var due = await lanes.NextDueAsync(ct);
            var fired = due <= TimeSpan.Zero ? await lanes.FireTimersAsync(500, ct) : 0;
            if (fired > 0) wakeup.Lanes.Ring();
            pause = fired > 0 ? FirstPause : Longer(pause);
            if (fired == 0) await Task.Delay(Shorter(pause, due), clock, ct);
        }
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Lease / 4, clock, ct);
            var asked = clock.GetTimestamp();
            if (await lanes.RenewAsync(node.Id, Lease, ct)) node.Renewed(Lease, asked);
            else await JoinAsync(ct);
            if (await lanes.ReapAsync(ct) > 0) wakeup.Lanes.Ring();
        }
    }

    private async Task JoinAsync(CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        node.Joined(await lanes.RegisterNodeAsync(node.Name, node.Role, node.Version, Lease, ct), Lease, asked);
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await lanes.SweepAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(10), clock, ct);
        }
    }

    /// <summary>A loop survives a database that is away for a while.</summary>
    private async Task Guarded(string name, Func<CancellationToken, Task> loop, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await loop(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The executor's loop {Loop} failed and begins again", name);
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
            }
        }
    }

    private TimeSpan Longer(TimeSpan pause)
    {
        var most = TimeSpan.FromMilliseconds(options.Value.IdlePollMilliseconds);
        return pause * 2 < most ? pause * 2 : most;
    }

    private static TimeSpan Shorter(TimeSpan pause, TimeSpan? due) =>
        due is { } wait && wait < pause ? wait < FirstPause ? FirstPause : wait : pause;
}
