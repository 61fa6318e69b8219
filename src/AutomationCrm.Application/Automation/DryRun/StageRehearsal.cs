using System.Diagnostics;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>
/// Plays the executor inside one transaction: job after job in the order of their making, then the made-up answers of outside calls, then
/// the next timer as far as time may be moved. The same handlers work as in a lane; nothing is ever committed and nobody is told.
/// </summary>
internal sealed class StageRehearsal(IServiceScopeFactory scopes, IRehearsalStore store, TrialAnswers answers, Caller caller, TimeProvider clock)
{
    public const int MostSteps = 300;
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(10);

    /// <summary>The item enters the stage.</summary>
    public Task<StageTrial> RunAsync(TryStage request, Item item, Stage stage, PortalSnapshot portal, int? version, CancellationToken ct) =>
        RehearseAsync(new(item, stage, portal, version) { Travel = request.Travel, Answers = request.Answers }, play => EnterAsync(play, request, item, stage, ct), ct);

    /// <summary>Something else begins it: commands of the caller in the trial's first step.</summary>
    public Task<StageTrial> RunAsync(TrialPlan plan, Func<IServiceProvider, Task> begin, CancellationToken ct) =>
        RehearseAsync(plan, play => BeginAsync(play, begin, ct), ct);

    private async Task<StageTrial> RehearseAsync(TrialPlan plan, Func<Play, Task> begin, CancellationToken ct)
    {
        var rehearsal = new Rehearsal(clock.GetUtcNow(), plan.Portal);
        var (start, watch) = (rehearsal.Now, Stopwatch.StartNew());
        await using var transaction = await store.BeginAsync(ct);
        var play = new Play(rehearsal, transaction, new TrialRecord(plan.Follows));
        try
        {
            await begin(play);
            var cutOff = await PlayAsync(play, plan, start + plan.Travel, watch, ct);
            await using var scope = await OpenAsync(play, ct);
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            var (runs, entry) = await play.Record.TellAsync(db, plan.Portal, ct);
            return new(plan.Item.Ref, plan.Item.Title, plan.Stage, plan.Version, start, rehearsal.Now, entry, runs, play.Record.Waiting(runs), cutOff) { Triggers = play.Record.Triggers };
        }
        catch (Exception busy) when (transaction.IsBusy(busy))
        {
            throw new ConflictException("The item is being worked on at this very moment; try again.", Caller.SystemId, []);
        }
    }

    private async Task EnterAsync(Play play, TryStage request, Item item, Stage stage, CancellationToken ct)
    {
        var from = request.FromStageId ?? item.StageId;
        if (from == stage.Id) from = Other(play.Rehearsal.Portal, stage);
        if (from != item.StageId) await MoveAsync(play, item.Ref, from, quiet: true, ct);
        await MoveAsync(play, item.Ref, stage.Id, quiet: false, ct);
    }

    // An item that stands on the stage already is taken to enter it afresh.
    private static string Other(PortalSnapshot portal, Stage stage) =>
        portal.Pipeline(stage.TypeId, stage.PipelineId)?.Stages.FirstOrDefault(s => s.Id != stage.Id)?.Id
        ?? throw new RuleBrokenException("stage.only", "The pipeline has no other stage from which the item could come.", "stageId");

    private async Task MoveAsync(Play play, ItemRef item, string stageId, bool quiet, CancellationToken ct)
    {
        await using var scope = await OpenAsync(play, ct);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        // The conversion of a stage's name into a person's click: no outside effect is held back for an undo that cannot come.
        work.Caller.Become(caller.PersonId, isAdmin: true, Origin.Rest);
        work.Caller.Quiet = quiet;
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new MoveItem(item, stageId), ct);
        await WriteAsync(play, scope.ServiceProvider, told: !quiet, ct);
    }

    private async Task BeginAsync(Play play, Func<IServiceProvider, Task> begin, CancellationToken ct)
    {
        await using var scope = await OpenAsync(play, ct);
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Caller.Become(caller.PersonId, caller.IsAdmin, Origin.Rest);
        await begin(scope.ServiceProvider);
        await WriteAsync(play, scope.ServiceProvider, told: true, ct);
    }

    private async Task<string?> PlayAsync(Play play, TrialPlan plan, DateTimeOffset until, Stopwatch watch, CancellationToken ct)
    {
        for (var steps = 0; ; steps++)
        {
            if (steps >= MostSteps) return $"The trial was ended after {MostSteps} steps.";
            if (watch.Elapsed > LongestTrial) return $"The trial was ended after {LongestTrial.TotalSeconds} seconds.";
            if (Next(play, plan, until) is not { } job) return null;

            await StepAsync(play, job, ct);
        }
    }

    private Job? Next(Play play, TrialPlan plan, DateTimeOffset until)
    {
        if (play.Jobs.TryDequeue(out var job)) return Of(job);
        if (play.Deliveries.TryDequeue(out var delivery)) return Of(answers.Answer(delivery, play.Record.RobotRun(delivery.RobotRunId), plan.Answers));
        if (!play.Timers.TryPeek(out var timer, out var due) || due > until) return null;

        play.Timers.Dequeue();
        if (due > play.Rehearsal.Now) play.Rehearsal.Now = due;
        return new(timer.Lane, 0, timer.Kind, timer.Args);
    }

    private static Job Of(NewJob job) => new(job.Lane, 0, job.Kind, job.Args);

    private async Task StepAsync(Play play, Job job, CancellationToken ct)
    {
        await play.Transaction.MarkAsync(ct);
        try
        {
            await RunAsync(play, job, (handler, token) => handler.RunAsync(job, token), ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !play.Transaction.IsBusy(failure))
        {
            // As a worker does it: the step is taken back and its failure recorded by itself.
            await play.Transaction.RollBackToMarkAsync(ct);
            await RunAsync(play, job, (handler, token) => handler.FailAsync(job, failure.Message, token), ct);
        }
    }

    private async Task RunAsync(Play play, Job job, Func<IJobHandler, CancellationToken, Task> run, CancellationToken ct)
    {
        await using var scope = await OpenAsync(play, ct);
        if (scope.ServiceProvider.GetServices<IJobHandler>().FirstOrDefault(h => h.Kind == job.Kind) is not { } handler) return;

        scope.ServiceProvider.GetRequiredService<StepBudget>().Begin(StepBudget.MostSteps);
        await handler.PrefetchAsync([job], ct);
        await run(handler, ct);
        await WriteAsync(play, scope.ServiceProvider, told: true, ct);
    }

    private async Task<AsyncServiceScope> OpenAsync(Play play, CancellationToken ct)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RehearsalSlot>().Current = play.Rehearsal;
        await play.Transaction.JoinAsync(scope.ServiceProvider, ct);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        work.Reset();
        work.InLane = true;
        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        return scope;
    }

    private static async Task WriteAsync(Play play, IServiceProvider scope, bool told, CancellationToken ct)
    {
        var work = scope.GetRequiredService<UnitOfWork>();
        var changes = work.Changes;
        foreach (var job in changes.Jobs) play.Jobs.Enqueue(job);
        foreach (var timer in changes.Timers) play.Timers.Enqueue(timer, timer.DueAt);
        foreach (var delivery in changes.NewDeliveries) play.Deliveries.Enqueue(delivery);
        if (told) play.Record.Take(changes, play.Rehearsal.Portal);

        // Their numbers come from sequences, which no rollback turns back.
        changes.Jobs.Clear();
        changes.Totals.Clear();
        var signals = changes.Signals.ToList();
        changes.Signals.Clear();
        await scope.GetRequiredService<IWorkStore>().WriteAsync(work.ToBatch(), ct);
        await WakeAsync(play, scope, signals, ct);
    }

    // The jobs of those who watch are made here instead of in the database.
    private static async Task WakeAsync(Play play, IServiceProvider scope, List<Signal> signals, CancellationToken ct)
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
                play.Jobs.Enqueue(new NewJob(new LaneId(watch.LaneId), TrackJob.Kind, args.ToJsonString()));
            }
        }
    }

    private sealed record WatchRow(long LaneId, string Args);

    private sealed record Play(Rehearsal Rehearsal, IRehearsalTransaction Transaction, TrialRecord Record)
    {
        public Queue<NewJob> Jobs { get; } = new();

        public Queue<Delivery> Deliveries { get; } = new();

        public PriorityQueue<NewTimer, DateTimeOffset> Timers { get; } = new();
    }
}
