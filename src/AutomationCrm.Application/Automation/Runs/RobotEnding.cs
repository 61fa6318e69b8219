using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Records how a robot's turn ended and says what becomes of its track.</summary>
internal sealed class RobotEnding(UnitOfWork work, RobotRunLog log, RunVariables variables)
{
    /// <param name="waited">Whether the robot was waiting for something until now.</param>
    public async Task<StepEnd> ConcludeAsync(Turn turn, Outcome outcome, bool waited, CancellationToken ct)
    {
        var (run, _, _, robotRun) = turn;
        if (outcome is Outcome.StillWaiting)
        {
            // Nothing to wait for any more: the time is over.
            if (robotRun.State == RobotRunState.Waiting) return StepEnd.Parked;
            throw new InvalidOperationException("Only a robot that waits can go on waiting.");
        }

        if (waited) log.EndWait(robotRun);
        switch (outcome)
        {
            case Outcome.Done done:
                if (done.Variables.Count > 0) variables.Set(run, done.Variables);
                return Done(robotRun, done.Results);
            case Outcome.Skipped skipped: return Skip(robotRun, skipped.Code, skipped.Why);
            case Outcome.Stop stop:
                log.Close(robotRun, RobotRunState.Skipped, stop.Code, stop.Why);
                return StepEnd.TrackEnds;
            case Outcome.Wait wait:
                log.Wait(run, robotRun, wait.Until, Resume.Waited, WaitCodes.Time);
                return StepEnd.Parked;
            case Outcome.WaitFor wait:
                if (wait.Results.Count > 0) robotRun.Results = RunResults.ToJson(wait.Results);
                robotRun.Message = wait.Why;
                log.Wait(run, robotRun, wait.Until, Resume.TimedOut, wait.Code, wait.Signals);
                return StepEnd.Parked;
            case Outcome.Failed failed: return await FailAsync(turn, failed.Code, failed.Message, failed.Retryable, ct);
            default: throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is not known.");
        }
    }

    /// <summary>The time is over, or a person let it go on.</summary>
    public StepEnd Waited(Turn turn, TrackJob job)
    {
        if (job.By is not { } by) return Done(turn.RobotRun, null);

        log.EndWait(turn.RobotRun);
        return Done(turn.RobotRun, null, "person.hurried", $"{work.Portal.PersonName(by)} let it go on.");
    }

    public StepEnd Send(Turn turn, IRobot robot, PreparedEffect effect)
    {
        var (run, _, _, robotRun) = turn;
        if (effect.Skipped is { } skipped) return Skip(robotRun, skipped.Code, skipped.Why);

        var due = run.HoldUntil is { } hold && hold > work.Now ? hold : work.Now;
        work.Changes.Add(work.Changes.NewDeliveries, new Delivery
        {
            EffectKey = robotRun.EffectKey!.Value,
            LaneId = LaneId.Of(new(run.TypeId, run.ItemId)).Number,
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            RunId = run.Id,
            RobotRunId = robotRun.Id,
            RobotName = robotRun.Name,
            EffectKind = effect.Kind,
            Exact = robot.Descriptor.Kind == RobotKind.ExactEffect,
            Destination = effect.Destination,
            Request = effect.RequestJson,
            DueAt = due,
            CreatedAt = work.Now,
        });
        (robotRun.State, robotRun.DueAt, robotRun.Code) = (RobotRunState.Sending, due, "effect.outbox");
        log.Save(robotRun);
        work.Hint(Topics.Outbox);
        return StepEnd.Parked;
    }

    public async Task<StepEnd> SentAsync(Turn turn, TrackJob job, CancellationToken ct)
    {
        if (!job.Delivered) return await FailAsync(turn, job.Unknown ? "effect.unknown" : "effect.failed", job.Message ?? "It could not be delivered.", retryable: false, ct);

        turn.RobotRun.Results = job.Results;
        return Done(turn.RobotRun, null, null, job.Message);
    }

    public StepEnd Done(RobotRun robotRun, IReadOnlyDictionary<string, Value>? results, string? code = null, string? message = null)
    {
        if (results is { Count: > 0 }) robotRun.Results = RunResults.ToJson(results);
        log.Close(robotRun, RobotRunState.Done, code, message);
        return StepEnd.GoOn;
    }

    public StepEnd Skip(RobotRun robotRun, string code, string why)
    {
        log.Close(robotRun, RobotRunState.Skipped, code, why);
        return StepEnd.GoOn;
    }

    public ValueTask<StepEnd> FailAsync(Turn turn, string code, string message, bool retryable, CancellationToken ct) =>
        log.FailAsync(turn.Run, turn.Plan, turn.RobotRun, code, message, retryable, ct);
}
