using System.Data.Common;
using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>
/// Walks one track: robot after robot until the track ends or is parked by a delay, a retry, an outside effect or an incident.
/// A parked track frees the lane (contract C1).
/// </summary>
internal sealed class TrackRunner(UnitOfWork work, RobotStep step, RobotRunLog log, StepBudget budget, PauseGate pauses)
{
    /// <param name="left">Whether the item is known to have left the stage since, even if it is back.</param>
    public async Task RunAsync(Run run, StageAutomation automation, TrackJob job, CancellationToken ct, bool left = false)
    {
        var item = await work.FindItemAsync(new(run.TypeId, run.ItemId), ct);
        var (track, resume) = (automation.Tracks[job.Track], job.Resume);
        for (var position = job.Position; position < track.Count; position++)
        {
            if (budget.IsSpent)
            {
                Park(run, job.Track, position, position == job.Position ? job : null);
                return;
            }

            if (pauses.Holds(run, position == job.Position ? job : new TrackJob(run.Id, job.Track, position, null, Resume.Next))) return;

            budget.Spend();
            var plan = track[position];
            var robotRun = await log.OpenAsync(run, plan, position == job.Position ? job.RobotRun : null, ct);
            if (robotRun.State is RobotRunState.Cancelled or RobotRunState.Undone) return;
            if (!log.IsFresh(robotRun) && (position > job.Position || !Awaits(robotRun, job))) return;

            if (Gone(run, item, plan, left) is { } gone)
            {
                log.Close(robotRun, RobotRunState.Cancelled, gone.Code, gone.Message);
                EndTrack(run, gone.Message);
                return;
            }

            switch (await RunOneAsync(run, item!, plan, robotRun, position == job.Position ? job : null, resume, ct))
            {
                case StepEnd.Parked: return;
                case StepEnd.TrackEnds:
                    EndTrack(run, robotRun.Message);
                    return;
            }

            resume = Resume.Next;
            item = await work.FindItemAsync(item!.Ref, ct);
        }

        EndTrack(run);
    }

    /// <summary>Puts the next robot of a track into the lane as a job of its own.</summary>
    public void Continue(Run run, int track, int position) => Park(run, track, position, null);

    /// <summary>Records a failure that shows only when the step is written.</summary>
    public async Task RecordFailureAsync(Run run, StageAutomation automation, TrackJob job, string message, CancellationToken ct)
    {
        var robotRun = await log.OpenAsync(run, automation.Tracks[job.Track][job.Position], job.RobotRun, ct);
        var track = automation.Tracks[job.Track];
        switch (await log.FailAsync(run, track[job.Position], robotRun, "write.failed", message, retryable: false, ct))
        {
            case StepEnd.GoOn when job.Position + 1 < track.Count: Continue(run, job.Track, job.Position + 1); break;
            case StepEnd.GoOn: EndTrack(run); break;
            case StepEnd.TrackEnds: EndTrack(run, message); break;
        }
    }

    private async Task<StepEnd> RunOneAsync(Run run, Item item, RobotPlan plan, RobotRun robotRun, TrackJob? job, Resume resume, CancellationToken ct)
    {
        var mark = work.Mark();
        try
        {
            return await step.RunAsync(run, item, plan, robotRun, job, resume, ct);
        }
        catch (Exception failure) when (failure is RuleBrokenException or ValidationException or NotFoundException or AccessDeniedException or ConflictException)
        {
            work.RollBackTo(mark);
            return await log.FailAsync(run, plan, robotRun, failure is RuleBrokenException rule ? rule.Code : "robot.refused", Sentence(failure), retryable: false, ct);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or DbException { IsTransient: true }))
        {
            // A database that is away is no failure of the robot: the whole batch is put back.
            work.RollBackTo(mark);
            return await log.FailAsync(run, plan, robotRun, "robot.failed", failure.Message, retryable: true, ct);
        }
        finally
        {
            work.Depth = 0;
            work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        }
    }

    // A job that comes a second time, or after a person has decided otherwise, finds the robot run elsewhere and does nothing.
    private static bool Awaits(RobotRun robotRun, TrackJob job) => (job.Due is not { } due || robotRun.DueAt == due) && job.Resume switch
    {
        Resume.Due or Resume.Waited or Resume.Woken or Resume.TimedOut => robotRun.State == RobotRunState.Waiting,
        Resume.Retry => robotRun.State is RobotRunState.Retrying or RobotRunState.Incident,
        Resume.Sent => robotRun.State == RobotRunState.Sending,
        Resume.Skip or Resume.MarkDone => robotRun.State is not (RobotRunState.Done or RobotRunState.Skipped or RobotRunState.Cancelled or RobotRunState.Undone or RobotRunState.Failed),
        _ => false,
    };

    private static string Sentence(Exception refusal) =>
        refusal is ValidationException validation ? string.Join(' ', validation.Errors.Select(e => e.ErrorMessage)) : refusal.Message;

    private static (string Code, string Message)? Gone(Run run, Item? item, RobotPlan plan, bool left) =>
        item is null ? ("item.deleted", "The item was deleted.")
        : run.State == RunState.Undone ? ("run.undone", "The move was undone.")
        // On a stage that was jumped over the item never stood; what waits there ends with the next move, see StageLeaver.
        : (left || (item.StageId != run.StageId && !run.JumpedOver)) && !plan.Survives ? ("stage.left", "The item left the stage.")
        : null;

    private void Park(Run run, int track, int position, TrackJob? same) =>
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(new(run.TypeId, run.ItemId)), TrackJob.Kind, (same ?? new TrackJob(run.Id, track, position, null, Resume.Next)).ToJson()));

    /// <param name="cutOff">Why the track did not come to its end.</param>
    private void EndTrack(Run run, string? cutOff = null)
    {
        run.OpenTracks--;
        if (run.OpenTracks <= 0 && run.State == RunState.Running)
            (run.State, run.FinishedAt, run.Message) = (cutOff is null ? RunState.Done : RunState.Cancelled, work.Now, cutOff);

        work.Changes.Add(work.Changes.ChangedRuns, run);
        work.Hint(Topics.Item(new(run.TypeId, run.ItemId)));
    }
}
