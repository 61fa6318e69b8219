using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Keeps the record of robot runs: opened when their turn comes, closed with an outcome, parked with a reason.</summary>
internal sealed class RobotRunLog(UnitOfWork work, RunMemory memory)
{
    public const int MostAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
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

    /// <summary>Waits until a time with nothing held: the job comes back by a timer.</summary>
    public void Wait(Run run, RobotRun robotRun, DateTimeOffset until, Resume resume, string code)
    {
        (robotRun.State, robotRun.DueAt, robotRun.Code) = (RobotRunState.Waiting, until, code);
        Park(run, robotRun, until, resume);
    }

    /// <summary>Tries again later, or asks a person when trying again cannot help or did not.</summary>
    public async ValueTask FailAsync(Run run, RobotRun robotRun, string code, string message, bool retryable, CancellationToken ct)
    {
        // Messages of failures may quote what PostgreSQL's text cannot hold.
        message = message.Replace('\0', '\uFFFD');
        (robotRun.Code, robotRun.Message) = (code, message);
        if (retryable && robotRun.Attempt < MostAttempts)
        {
            var until = work.Now + Pause(robotRun.Attempt);
            (robotRun.State, robotRun.DueAt) = (RobotRunState.Retrying, until);
            Park(run, robotRun, until, Resume.Retry);
            return;
        }

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
        await OwnerNotice.AddAsync(run, $"{robotRun.Name}: {message}", work, ct);
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
    internal static TimeSpan Pause(int attempt)
    {
        var ceiling = Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempt - 1, 20));
        return TimeSpan.FromTicks((ceiling / 2) + Random.Shared.NextInt64((ceiling / 2) + 1));
    }

    private void Park(Run run, RobotRun robotRun, DateTimeOffset until, Resume resume)
    {
        Save(robotRun);
        work.Changes.Add(work.Changes.Timers, new NewTimer(
            Guid.CreateVersion7(work.Now),
            until,
            LaneId.Of(new(run.TypeId, run.ItemId)),
            run.Id,
            robotRun.Id,
            TrackJob.Kind,
            new TrackJob(run.Id, robotRun.Track, robotRun.Position, robotRun.Id, resume).ToJson()));
    }
}
