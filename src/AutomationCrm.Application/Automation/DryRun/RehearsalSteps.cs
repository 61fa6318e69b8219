using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>The steps of a dry run, each in a scope of its own as a lane does them; what they leave to be done stays in memory.</summary>
internal sealed class RehearsalSteps(IServiceScopeFactory scopes)
{
    /// <summary>A scope whose handlers work in the dry run's transaction, as automation does until the step says otherwise.</summary>
    public async Task<AsyncServiceScope> OpenAsync(RehearsalPlay play, CancellationToken ct)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RehearsalSlot>().Current = play.World;
        await play.Transaction.JoinAsync(scope.ServiceProvider, ct);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        work.Reset();
        work.InLane = true;
        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        return scope;
    }

    /// <summary>Does a job. As a worker does it, a failed step is taken back and its failure recorded by itself.</summary>
    public async Task RunAsync(RehearsalPlay play, Job job, CancellationToken ct)
    {
        await play.Transaction.MarkAsync(ct);
        try
        {
            await RunAsync(play, job, (handler, token) => handler.RunAsync(job, token), ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !play.Transaction.IsBusy(failure))
        {
            await play.Transaction.RollBackToMarkAsync(ct);
            await RunAsync(play, job, (handler, token) => handler.FailAsync(job, failure.Message, token), ct);
        }
    }

    /// <summary>Writes what a scope has changed.</summary>
    /// <param name="told">Whether the record tells it.</param>
    public static async Task WriteAsync(RehearsalPlay play, IServiceProvider scope, bool told, CancellationToken ct)
    {
        var work = scope.GetRequiredService<UnitOfWork>();
        var changes = work.Changes;
        play.Add(changes);
        if (told) play.Record.Take(changes, play.World.Portal);

        // Their numbers come from sequences, which no rollback turns back.
        changes.Jobs.Clear();
        changes.Totals.Clear();
        var signals = changes.Signals.ToList();
        changes.Signals.Clear();
        await scope.GetRequiredService<IWorkStore>().WriteAsync(work.ToBatch(), ct);
        await WakeAsync(play, scope, signals, ct);
    }

    private async Task RunAsync(RehearsalPlay play, Job job, Func<IJobHandler, CancellationToken, Task> run, CancellationToken ct)
    {
        await using var scope = await OpenAsync(play, ct);
        if (scope.ServiceProvider.GetServices<IJobHandler>().FirstOrDefault(h => h.Kind == job.Kind) is not { } handler) return;

        scope.ServiceProvider.GetRequiredService<StepBudget>().Begin(StepBudget.MostSteps);
        await handler.PrefetchAsync([job], ct);
        await run(handler, ct);
        await WriteAsync(play, scope.ServiceProvider, told: true, ct);
    }

    // The jobs of those who watch are made here instead of in the database.
    private static async Task WakeAsync(RehearsalPlay play, IServiceProvider scope, List<Signal> signals, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CrmDbContext>();
        foreach (var signal in signals)
        {
            var (type, item) = (signal.Item.TypeId, signal.Item.Id);
            var watching = await db.Database.SqlQuery<WatchRow>($"select lane_id as \"LaneId\", args::text as \"Args\" from watch where type_id = {type} and item_id = {item} and signal = {signal.Code} order by robot_run_id").ToListAsync(ct);
            foreach (var watch in watching)
            {
                var args = JsonNode.Parse(watch.Args)!.AsObject();
                args["Signal"] = signal.Code;
                args["Facts"] = signal.Facts is { } facts ? JsonNode.Parse(facts) : null;
                play.Add(new NewJob(new LaneId(watch.LaneId), TrackJob.Kind, args.ToJsonString()));
            }
        }
    }

    private sealed record WatchRow(long LaneId, string Args);
}
