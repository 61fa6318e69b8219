using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Keeps the record of robot runs: opened when their turn comes, closed with an outcome, parked with a reason.</summary>
internal sealed class RobotRunLog(UnitOfWork work, RunMemory memory)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly HashSet<long> fresh = [];

    /// <summary>The record of a robot run that goes on, or a new one.</summary>
    public async ValueTask<RobotRun> OpenAsync(Run run, RobotPlan plan, long? known, CancellationToken ct)
    {
        var found = memory.RobotRunsOf(run.Id).FirstOrDefault(r => known is { } id ? r.Id == id : r.Track == plan.Track && r.Position == plan.Position);
        if (found is not null) return found;

        var robotRun = new RobotRun
        {
            Id = await work.NextIdAsync(ct),
            RunId = run.Id,
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            StageId = run.StageId,
            Track = plan.Track,
            Position = plan.Position,
            RobotKey = plan.Key,
            RobotType = plan.Type,
            Name = plan.Name,
            RawSettings = plan.RawSettings,
            PlannedAt = work.Now,
        };
        memory.Remember(robotRun);
        fresh.Add(robotRun.Id);
        return robotRun;
    }

    /// <summary>Whether its turn has come in this very batch.</summary>
    public bool IsFresh(RobotRun robotRun) => fresh.Contains(robotRun.Id);

    public void Close(RobotRun robotRun, RobotRunState state, string? code = null, string? message = null)
    {
        (robotRun.State, robotRun.Code, robotRun.Message, robotRun.DueAt, robotRun.FinishedAt) = (state, code, message, null, work.Now);
        Save(robotRun);
    }

    /// <summary>Waits until a time, or until something happens, with nothing held: the job comes back by a timer or by a signal.</summary>
    /// <param name="until">Null waits for the signals alone.</param>
    public void Wait(Run run, RobotRun robotRun, DateTimeOffset? until, Resume resume, string code, IReadOnlyList<WaitSignal>? signals = null)
    {
        // A new moment takes the place of the one it waited for.
        if (robotRun.State == RobotRunState.Waiting && !IsFresh(robotRun)) work.Changes.Add(work.Changes.StoppedTimers, robotRun.Id);
        (robotRun.State, robotRun.DueAt, robotRun.Code) = (RobotRunState.Waiting, Micros(until), code);
        Save(robotRun);
        if (robotRun.DueAt is { } due) AddTimer(run, robotRun, due, resume);
        foreach (var signal in signals ?? [])
            work.Changes.Add(work.Changes.Watches, new NewWatch(signal.Item, signal.Code, robotRun.Id, LaneId.Of(new(run.TypeId, run.ItemId)), JobOf(run, robotRun, Resume.Woken).ToJson()));
    }

    /// <summary>It waits no longer: no timer and no signal is meant for it any more.</summary>
    public void EndWait(RobotRun robotRun)
    {
        work.Changes.Add(work.Changes.StoppedTimers, robotRun.Id);
        work.Changes.Add(work.Changes.DroppedWatches, robotRun.Id);
    }

    /// <summary>Tries again later; when that cannot help or did not, the robot's policy decides: a person is asked, the track ends or goes on.</summary>
    public async ValueTask<StepEnd> FailAsync(Run run, RobotPlan plan, RobotRun robotRun, string code, string message, bool retryable, CancellationToken ct)
    {
        // Messages of failures may quote what PostgreSQL's text cannot hold.
        message = message.Replace('\0', '\uFFFD');
        (robotRun.Code, robotRun.Message) = (code, message);
        var policy = plan.OnError;
        if (retryable && robotRun.Attempt < policy.Attempts)
        {
            (robotRun.State, robotRun.DueAt) = (RobotRunState.Retrying, Micros(work.Now + Pause(robotRun.Attempt, policy.Pause)));
            Save(robotRun);
            AddTimer(run, robotRun, robotRun.DueAt!.Value, Resume.Retry);
            return StepEnd.Parked;
        }

        await FailureNotices.TellAsync(run, robotRun, message, work, ct);
        if (policy.Then != OnErrorConfig.Ask)
        {
            Close(robotRun, RobotRunState.Failed, code, message);
            return policy.Then == OnErrorConfig.Continue ? StepEnd.GoOn : StepEnd.TrackEnds;
        }

        await AskAsync(run, robotRun, code, message, ct);
        return StepEnd.Parked;
    }

    private async ValueTask AskAsync(Run run, RobotRun robotRun, string code, string message, CancellationToken ct)
    {
        (robotRun.State, robotRun.DueAt) = (RobotRunState.Incident, null);
        Save(robotRun);
        var again = new TrackJob(run.Id, robotRun.Track, robotRun.Position, robotRun.Id, Resume.Retry);
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = LaneId.Of(new(run.TypeId, run.ItemId)).Number,
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            RunId = run.Id,
            RobotRunId = robotRun.Id,
            EffectKey = robotRun.EffectKey,
            Code = code,
            Message = message,
            JobKind = TrackJob.Kind,
            Args = again.ToJson(),
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
    }

    public void Save(RobotRun robotRun)
    {
        if (fresh.Contains(robotRun.Id))
        {
            if (!work.Changes.NewRobotRuns.Contains(robotRun)) work.Changes.Add(work.Changes.NewRobotRuns, robotRun);
        }
        else if (!work.Changes.ChangedRobotRuns.Contains(robotRun))
        {
            work.Changes.Add(work.Changes.ChangedRobotRuns, robotRun);
        }

        work.Hint(Topics.Item(new(robotRun.TypeId, robotRun.ItemId)));
    }

    /// <summary>Exponential with full jitter.</summary>
    internal static TimeSpan Pause(int attempt, TimeSpan first)
    {
        var ceiling = Math.Min(Math.Max(LongestPause.Ticks, first.Ticks), first.Ticks << Math.Min(attempt - 1, 16));
        return TimeSpan.FromTicks((ceiling / 2) + Random.Shared.NextInt64((ceiling / 2) + 1));
    }

    /// <summary>Brings the job back at a time.</summary>
    public void AddTimer(Run run, RobotRun robotRun, DateTimeOffset due, Resume resume) =>
        work.Changes.Add(work.Changes.Timers, new NewTimer(
            Guid.CreateVersion7(work.Now),
            due,
            LaneId.Of(new(run.TypeId, run.ItemId)),
            run.Id,
            robotRun.Id,
            TrackJob.Kind,
            (JobOf(run, robotRun, resume) with { Due = due }).ToJson()));

    public static TrackJob JobOf(Run run, RobotRun robotRun, Resume resume) => new(run.Id, robotRun.Track, robotRun.Position, robotRun.Id, resume);

    // PostgreSQL keeps microseconds; a finer moment would not be the same when it comes back.
    private static DateTimeOffset? Micros(DateTimeOffset? at) => at is { } moment ? new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero) : null;
}
