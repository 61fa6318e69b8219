using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Automation.Incidents.Bulk;

/// <summary>Wakes the runner of this node.</summary>
public sealed class BulkBell : IDisposable
{
    private readonly Wakeup wakeup = new();

    public void Ring() => wakeup.Ring();

    public Task WaitAsync(TimeSpan most, CancellationToken ct) => wakeup.WaitAsync(most, ct);

    public void Dispose() => wakeup.Dispose();
}

/// <summary>
/// Carries bulk decisions out, a few incidents at a time, each through its item's lane. It waits while the lanes are behind, so that a
/// thousand retries hold up nobody's work.
/// </summary>
public sealed class BulkRunner(IBulkStore store, ILaneStore lanes, IServiceScopeFactory scopes, IAfterCommit afterCommit, BulkBell bell, TimeProvider clock, ILogger<BulkRunner> log) : BackgroundService
{
    private const int AtOnce = 25;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(2);

    /// <summary>One step; answers how many incidents it took.</summary>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        if (await store.NextAsync(AtOnce, ct) is not { } step) return 0;

        var rows = await DecideAsync(step, ct);
        await store.RecordAsync(step.Decision.Id, rows, ct);
        afterCommit.Committed(newJobs: false, newDeliveries: false, [Topics.Attention]);
        return step.Incidents.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await lanes.OldestDueAsync(stoppingToken) > Behind) await Task.Delay(Behind / 4, clock, stoppingToken);
                else if (await RunOnceAsync(stoppingToken) > 0) await Task.Delay(Pause, clock, stoppingToken);
                else await bell.WaitAsync(BetweenLooks, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "A bulk decision goes on later");
                await Task.Delay(BetweenLooks, clock, CancellationToken.None);
            }
        }
    }

    private async Task<IReadOnlyCollection<BulkDecisionRow>> DecideAsync(BulkStep step, CancellationToken ct)
    {
        var decision = step.Decision;
        await using var scope = scopes.CreateAsyncScope();
        var portal = await scope.ServiceProvider.GetRequiredService<IPortal>().FreshAsync(ct);
        // The author's rights as they are now.
        var author = portal.People.GetValueOrDefault(decision.AuthorId);
        scope.ServiceProvider.GetRequiredService<Caller>().Become(decision.AuthorId, author is { IsAdmin: true, IsActive: true } || decision.AuthorId == Caller.SystemId, Origin.Rest);
        try
        {
            var done = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ResolveIncidents(step.Incidents, ActionOf(decision.Action)) { Latest = decision.Latest }, ct);
            return
            [
                .. done.Resolved.Select(id => new BulkDecisionRow { DecisionId = decision.Id, IncidentId = id, State = BulkRowState.Decided, RunId = done.Runs.TryGetValue(id, out var run) ? run : null }),
                .. done.Refused.Select(r => new BulkDecisionRow { DecisionId = decision.Id, IncidentId = r.Id, State = BulkRowState.Refused, Code = r.Code, Message = r.Message }),
            ];
        }
        catch (Common.Errors.AccessDeniedException denied)
        {
            return [.. step.Incidents.Select(id => new BulkDecisionRow { DecisionId = decision.Id, IncidentId = id, State = BulkRowState.Refused, Code = "access.denied", Message = denied.Message })];
        }
    }

    private static IncidentAction ActionOf(string resolution) => Enum.GetValues<IncidentAction>().First(a => IncidentActions.Resolution(a) == resolution);
}
