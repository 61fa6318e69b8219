using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Dispatching;

/// <summary>Plans the run of the stage an item has come to, in the transaction of the move. Planning has no effects.</summary>
internal sealed class StageChangeDispatcher(ChainBudget budget) : IReaction
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
        var automation = to is null || work.Caller.Quiet ? null : work.Portal.AutomationOf(to.TypeId, to.Id);
        if (automation is { RobotCount: > 0 }) await StartAsync(happened, item, from, to!, automation, work, ct);
        else if (from is not null && work.Portal.AutomationOf(from.TypeId, from.Id) is not null) Leave(happened, item, work);
    }

    private static void Leave(ItemEvent happened, Item item, IUnitOfWork work) =>
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(item.Ref), LeaveStageJob.Kind, LeaveStageJob.Args(happened.Version)) { Urgent = work.Caller.Origin == Origin.Page });

    private async ValueTask StartAsync(ItemEvent happened, Item item, Stage? from, Stage to, Stages.StageAutomation automation, IUnitOfWork work, CancellationToken ct)
    {
        var cause = work.Caller.Cause;
        var refusal = await budget.RefuseAsync(item.Ref, cause, automation.RobotCount, work, ct);
        var byHand = work.Caller.Origin == Origin.Page && automation.Config.UndoSeconds > 0;
        var run = new Run
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            PipelineId = to.PipelineId,
            StageId = to.Id,
            ConfigVersion = automation.Version,
            ItemVersion = happened.Version,
            ChainId = cause?.ChainId ?? Guid.CreateVersion7(),
            Depth = cause?.Depth ?? 0,
            ChainCount = (cause?.Count ?? 0) + automation.RobotCount,
            Cause = Name(work.Caller.Origin),
            CauseRobotRunId = work.Caller.RobotRunId,
            ActorId = work.Caller.PersonId,
            RunAs = Caller.SystemId,
            FromStageId = from?.Id,
            State = refusal is null ? RunState.Running : RunState.Stopped,
            OpenTracks = refusal is null ? automation.Tracks.Count : 0,
            StartedAt = work.Now,
            HoldUntil = byHand ? work.Now.AddSeconds(automation.Config.UndoSeconds) : cause?.HoldUntil,
            FinishedAt = refusal is null ? null : work.Now,
            Message = refusal?.Message,
        };
        work.Changes.Add(work.Changes.NewRuns, run);
        if (refusal is null)
        {
            if (cause is not null) work.Changes.Add(work.Changes.Chains, new ChainGrowth(run.ChainId, cause.Count, automation.RobotCount));
            work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(item.Ref), StartRunJob.Kind, StartRunJob.Args(run.Id)) { Urgent = work.Caller.Origin == Origin.Page });
        }
        else
        {
            await budget.ReportAsync(refusal.Value, run, work, ct);
            Leave(happened, item, work);
        }
    }

    private static string Name(Origin origin) => origin switch
    {
        Origin.Page => "page",
        Origin.Rest => "rest",
        Origin.Robot => "robot",
        Origin.Import => "import",
        _ => "setup",
    };
}
