using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>
/// Plays the executor inside one transaction: job after job in the order of their making, then the made-up answers of outside calls, then
/// the next timer as far as time may be moved. The same handlers work as in a lane; nothing is ever committed and nobody is told.
/// </summary>
internal sealed class StageRehearsal(RehearsalSteps steps, IRehearsalStore store, TrialAnswers answers, Caller caller, TimeProvider clock)
{
    public const int MostSteps = 300;
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(10);

    /// <summary>The item enters the stage.</summary>
    public Task<StageTrial> RunAsync(TryStage request, Item item, Stage stage, PortalSnapshot portal, int? version, CancellationToken ct) =>
        RehearseAsync(new(item, stage, portal, version) { Travel = request.Travel, Answers = request.Answers }, play => EnterAsync(play, request, item, stage, ct), ct);

    /// <summary>Something else begins it: commands of the caller in the trial's first step.</summary>
    public Task<StageTrial> RunAsync(TrialPlan plan, Func<IServiceProvider, Task> begin, CancellationToken ct) =>
        RehearseAsync(plan, play => BeginAsync(play, begin, ct), ct);

    private async Task<StageTrial> RehearseAsync(TrialPlan plan, Func<RehearsalPlay, Task> begin, CancellationToken ct)
    {
        var world = new Rehearsal(clock.GetUtcNow(), plan.Portal);
        var (start, begun) = (world.Now, clock.GetTimestamp());
        await using var transaction = await store.BeginAsync(ct);
        var play = new RehearsalPlay(world, transaction, new TrialRecord(plan.Follows));
        try
        {
            await begin(play);
            var cutOff = await PlayAsync(play, plan, start + plan.Travel, begun, ct);
            await using var scope = await steps.OpenAsync(play, ct);
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            var (runs, entry) = await play.Record.TellAsync(db, plan.Portal, ct);
            return new(plan.Item.Ref, plan.Item.Title, plan.Stage, plan.Version, start, world.Now, entry, runs, play.Record.Waiting(runs), cutOff) { Triggers = play.Record.Triggers };
        }
        catch (Exception busy) when (transaction.IsBusy(busy))
        {
            throw new ConflictException("The item is being worked on at this very moment; try again.", Caller.SystemId, []);
        }
    }

    private async Task EnterAsync(RehearsalPlay play, TryStage request, Item item, Stage stage, CancellationToken ct)
    {
        var from = request.FromStageId ?? item.StageId;
        if (from == stage.Id) from = Other(play.World.Portal, stage);
        if (from != item.StageId) await MoveAsync(play, item.Ref, from, quiet: true, ct);
        await MoveAsync(play, item.Ref, stage.Id, quiet: false, ct);
    }

    // An item that stands on the stage already is taken to enter it afresh.
    private static string Other(PortalSnapshot portal, Stage stage) =>
        portal.Pipeline(stage.TypeId, stage.PipelineId)?.Stages.FirstOrDefault(s => s.Id != stage.Id)?.Id
        ?? throw new RuleBrokenException("stage.only", "The pipeline has no other stage from which the item could come.", "stageId");

    private async Task MoveAsync(RehearsalPlay play, ItemRef item, string stageId, bool quiet, CancellationToken ct)
    {
        await using var scope = await steps.OpenAsync(play, ct);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        // The conversion of a stage's name into a person's click: no outside effect is held back for an undo that cannot come.
        work.Caller.Become(caller.PersonId, isAdmin: true, Origin.Rest);
        work.Caller.Quiet = quiet;
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new MoveItem(item, stageId), ct);
        await RehearsalSteps.WriteAsync(play, scope.ServiceProvider, told: !quiet, ct);
    }

    private async Task BeginAsync(RehearsalPlay play, Func<IServiceProvider, Task> begin, CancellationToken ct)
    {
        await using var scope = await steps.OpenAsync(play, ct);
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Caller.Become(caller.PersonId, caller.IsAdmin, Origin.Rest);
        await begin(scope.ServiceProvider);
        await RehearsalSteps.WriteAsync(play, scope.ServiceProvider, told: true, ct);
    }

    private async Task<string?> PlayAsync(RehearsalPlay play, TrialPlan plan, DateTimeOffset until, long begun, CancellationToken ct)
    {
        for (var done = 0; ; done++)
        {
            if (done >= MostSteps) return $"The trial was ended after {MostSteps} steps.";
            if (clock.GetElapsedTime(begun) > LongestTrial) return $"The trial was ended after {LongestTrial.TotalSeconds} seconds.";
            if (play.Next(until, delivery => answers.Answer(delivery, play.Record.RobotRun(delivery.RobotRunId), plan.Answers)) is not { } job) return null;

            await steps.RunAsync(play, job, ct);
        }
    }
}
