using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Dispatching;

/// <summary>Plans the run of the stage an item has come to, in the transaction of the move. Planning has no effects.</summary>
internal sealed class StageChangeDispatcher(ChainBudget budget, TriggerMarks marks) : IReaction
{
    public bool Interested(ItemEvent happened) => happened is StageChanged or ItemAdded { Stage: not null } or ItemDeleted;

    public async ValueTask PlanAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (!item.Type.HasStages) return;

        var (from, to) = happened switch
        {
            StageChanged moved => (moved.From, moved.To),
            ItemAdded added => (null, added.Stage),
            _ => (work.Portal.Stage(item.Ref.TypeId, item.StageId), null),
        };
        var starts = to is not null && !work.Caller.Quiet && !marks.Has(happened);
        var automation = starts ? work.Portal.AutomationOf(to!.TypeId, to.Id) : null;
        var passed = starts ? PassedStages.WithRobots(work.Portal, from, to) : [];
        var origin = new RunOrigin(happened.Version, from);
        if (passed.Count > 0) origin = await PassAsync(origin, item, automation, passed, work, ct);
        if (automation?.CountOf(null) > 0) await StartAsync(origin, item, to!, automation, null, work, ct);
        else if (passed.Count == 0 && from is not null && MayHoldRuns(work.Portal, from)) Leave(happened.Version, item, work);
    }

    /// <summary>What a limit keeps from happening is a stopped run, an incident and a notice.</summary>
    public async ValueTask StopAsync(ChainBudget.Refusal refusal, Item item, Stage stage, IUnitOfWork work, CancellationToken ct)
    {
        var run = await NewRunAsync(new(item.Version, null), item, stage, work.Portal.AutomationOf(stage.TypeId, stage.Id)!, null, refusal, work, ct);
        work.Changes.Add(work.Changes.NewRuns, run);
        await budget.ReportAsync(refusal, run, work, ct);
    }

    private static void CountRefused(Run run, Stages.StageAutomation automation, IUnitOfWork work)
    {
        foreach (var track in automation.TracksOf(run.StartedBy))
            work.Changes.Add(work.Changes.RefusedRobots, new RefusedRobot(run.TypeId, run.StageId, automation.Tracks[track][0].Key, run.StartedAt));
    }

    private static void Leave(long version, Item item, IUnitOfWork work) =>
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(item.Ref), LeaveStageJob.Kind, LeaveStageJob.Args(version)) { Urgent = work.Caller.Origin == Origin.Page });

    private static bool MayHoldRuns(PortalSnapshot portal, Stage stage) => portal.AutomationOf(stage.TypeId, stage.Id) is not null || PassedStages.AnyIn(portal, stage);

    // One chain for the whole move, which is undone as one. What waits on the stage left ends before anything of it begins.
    private async ValueTask<RunOrigin> PassAsync(RunOrigin origin, Item item, Stages.StageAutomation? arrival, IReadOnlyList<(Stage Stage, Stages.StageAutomation Automation)> passed, IUnitOfWork work, CancellationToken ct)
    {
        Leave(origin.Version, item, work);
        var hold = arrival?.Config.UndoSeconds ?? Stages.StageAutomationConfig.DefaultUndoSeconds;
        origin = origin with { ChainId = work.Caller.Cause?.ChainId ?? Guid.CreateVersion7(), UndoSeconds = hold };
        foreach (var (stage, automation) in passed)
        {
            await StartAsync(origin, item, stage, automation, PassedStages.Starter, work, ct);
            origin = origin with { Robots = origin.Robots + automation.CountOf(PassedStages.Starter) };
        }

        return origin;
    }

    /// <param name="startedBy">The trigger whose robots start, or <see cref="PassedStages.Starter"/>; null for those of the entry.</param>
    public async ValueTask StartAsync(RunOrigin origin, Item item, Stage to, Stages.StageAutomation automation, string? startedBy, IUnitOfWork work, CancellationToken ct)
    {
        var (cause, robots) = (work.Caller.Cause, automation.CountOf(startedBy));
        var refusal = await budget.RefuseAsync(item.Ref, cause, robots, work, ct);
        var run = await NewRunAsync(origin, item, to, automation, startedBy, refusal, work, ct);
        work.Changes.Add(work.Changes.NewRuns, run);
        if (refusal is null)
        {
            if (cause is not null) work.Changes.Add(work.Changes.Chains, new ChainGrowth(run.ChainId, cause.Count, robots));
            work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(item.Ref), StartRunJob.Kind, StartRunJob.Args(run.Id)) { Urgent = work.Caller.Origin == Origin.Page });
        }
        else
        {
            await budget.ReportAsync(refusal.Value, run, work, ct);
            CountRefused(run, automation, work);
            if (startedBy is null) Leave(origin.Version, item, work);
        }
    }

    private static async ValueTask<Run> NewRunAsync(RunOrigin origin, Item item, Stage to, Stages.StageAutomation automation, string? startedBy, ChainBudget.Refusal? refusal, IUnitOfWork work, CancellationToken ct)
    {
        var cause = work.Caller.Cause;
        var undo = origin.UndoSeconds ?? automation.Config.UndoSeconds;
        var byHand = work.Caller.Origin == Origin.Page && undo > 0;
        return new Run
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            PipelineId = to.PipelineId,
            StageId = to.Id,
            ConfigVersion = automation.Version,
            ItemVersion = origin.Version,
            ChainId = origin.ChainId ?? cause?.ChainId ?? Guid.CreateVersion7(),
            Depth = cause?.Depth ?? 0,
            ChainCount = (cause?.Count ?? 0) + origin.Robots + automation.CountOf(startedBy),
            Cause = Name(work.Caller.Origin),
            CauseRobotRunId = work.Caller.RobotRunId,
            ActorId = work.Caller.PersonId,
            RunAs = Caller.SystemId,
            FromStageId = origin.From?.Id,
            StartedBy = startedBy,
            Facts = work.Caller.Origin == Origin.Trigger ? cause?.Facts : null,
            State = refusal is null ? RunState.Running : RunState.Stopped,
            OpenTracks = refusal is null ? automation.TracksOf(startedBy).Count() : 0,
            StartedAt = work.Now,
            HoldUntil = byHand ? work.Now.AddSeconds(undo) : cause?.HoldUntil,
            FinishedAt = refusal is null ? null : work.Now,
            Message = refusal?.Message,
        };
    }

    private static string Name(Origin origin) => origin switch
    {
        Origin.Page => "page",
        Origin.Rest => "rest",
        Origin.Robot => "robot",
        Origin.Trigger => "trigger",
        Origin.Form => "form",
        Origin.Import => "import",
        _ => "setup",
    };
}
