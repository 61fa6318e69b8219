using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>
/// Moves a run whose tracks all wait to the newest version of its stage. A delay or a pause that the newest version has unchanged keeps
/// its moment; every other robot that waits has its turn anew, and what has been done stays done.
/// </summary>
internal sealed class RunMover(IUnitOfWork work, RunMemory memory, RunSuccessor successor)
{
    /// <summary>To be called while the item's lane stands still. Throws <see cref="RuleBrokenException"/> when the run cannot be moved; then nothing has changed.</summary>
    /// <returns>The run in which it goes on.</returns>
    public async Task<Run> MoveAsync(Run run, IReadOnlyList<RobotRun> robotRuns, CancellationToken ct)
    {
        var automation = Newest(run);
        var old = await memory.AutomationOfAsync(run, ct);
        var moves = Moves(run, robotRuns, automation);
        var next = await successor.OpenAsync(run, automation, "latest", null, moves.Count, ct);
        await successor.TakeOverAsync(run, robotRuns, next, automation, [.. moves.Select(m => m.Plan)], ct);
        foreach (var (waits, plan) in moves) await GoOnAsync(next, waits, plan, old?.Tracks.ElementAtOrDefault(waits.Track)?.ElementAtOrDefault(waits.Position), ct);
        Close(run, robotRuns, next);
        return next;
    }

    private StageAutomation Newest(Run run)
    {
        if (run.State != RunState.Running) throw new RuleBrokenException("run.ended", "The run has ended.", "run");
        if (run.LaunchId is not null) throw new RuleBrokenException("latest.launch", "Robots started by hand keep their version.", "run");
        if (work.Portal.AutomationOf(run.TypeId, run.StageId) is not { } automation) throw new RuleBrokenException("latest.none", "The stage has no automation any more.", "run");
        return automation.Version > run.ConfigVersion ? automation : throw new RuleBrokenException("latest.same", "The run goes by the newest version already.", "run");
    }

    private static List<(RobotRun Waits, RobotPlan Plan)> Moves(Run run, IReadOnlyList<RobotRun> robotRuns, StageAutomation automation)
    {
        var waiting = robotRuns.Where(r => r.State == RobotRunState.Waiting).ToList();
        if (waiting.Count == 0 || waiting.Count != run.OpenTracks) throw new RuleBrokenException("latest.busy", "Not all of the run's robots wait; try again when they do.", "run");

        var plans = automation.TracksOf(run.StartedBy).SelectMany(t => automation.Tracks[t]).ToDictionary(p => p.Key);
        if (waiting.Find(r => !plans.ContainsKey(r.RobotKey)) is { } gone) throw new RuleBrokenException("latest.gone", $"The newest version no longer has the robot {gone.Name}.", "run");

        // Two tracks may have become one: it goes on at its first waiting robot.
        return [.. waiting.Select(r => (Waits: r, Plan: plans[r.RobotKey])).GroupBy(m => m.Plan.Track).Select(g => g.MinBy(m => m.Plan.Position)).OrderBy(m => m.Plan.Track)];
    }

    private async Task GoOnAsync(Run next, RobotRun waits, RobotPlan plan, RobotPlan? before, CancellationToken ct)
    {
        var lane = LaneId.Of(new ItemRef(next.TypeId, next.ItemId));
        if (!KeepsItsMoment(waits, plan, before))
        {
            work.Changes.Add(work.Changes.Jobs, new NewJob(lane, TrackJob.Kind, new TrackJob(next.Id, plan.Track, plan.Position, null, Resume.Next).ToJson()));
            return;
        }

        var robotRun = new RobotRun
        {
            Id = await work.NextIdAsync(ct),
            RunId = next.Id,
            TypeId = waits.TypeId,
            ItemId = waits.ItemId,
            StageId = waits.StageId,
            Track = plan.Track,
            Position = plan.Position,
            RobotKey = plan.Key,
            RobotType = plan.Type,
            Name = plan.Name,
            State = RobotRunState.Waiting,
            Code = waits.Code,
            Attempt = waits.Attempt,
            RawSettings = plan.RawSettings,
            Settings = waits.Settings,
            DueAt = waits.DueAt,
            PlannedAt = waits.PlannedAt,
            StartedAt = waits.StartedAt,
        };
        work.Changes.Add(work.Changes.NewRobotRuns, robotRun);
        var job = RobotRunLog.JobOf(next, robotRun, waits.Code == WaitCodes.Delay ? Resume.Due : Resume.Waited) with { Due = waits.DueAt };
        work.Changes.Add(work.Changes.Timers, new NewTimer(Guid.CreateVersion7(work.Now), waits.DueAt!.Value, lane, next.Id, robotRun.Id, TrackJob.Kind, job.ToJson()));
    }

    private static bool KeepsItsMoment(RobotRun waits, RobotPlan plan, RobotPlan? before) => waits.DueAt is not null && plan.Enabled && before is not null && waits.Code switch
    {
        WaitCodes.Delay => plan.Delay is { Config.Recompute: false } delay && delay.Config == before.Delay?.Config,
        WaitCodes.Time => plan.RawSettings == before.RawSettings,
        _ => false,
    };

    private void Close(Run run, IReadOnlyList<RobotRun> robotRuns, Run next)
    {
        var why = $"It goes on by version {next.ConfigVersion}.";
        foreach (var robotRun in robotRuns.Where(r => r.State == RobotRunState.Waiting))
        {
            work.Changes.Add(work.Changes.CancelledRobotRuns, new(robotRun.Id, RobotRunState.Cancelled, "run.latest", why));
            (robotRun.State, robotRun.Code, robotRun.Message, robotRun.DueAt, robotRun.FinishedAt) = (RobotRunState.Cancelled, "run.latest", why, null, work.Now);
        }

        (run.State, run.OpenTracks, run.FinishedAt, run.Message) = (RunState.Cancelled, 0, work.Now, why);
        work.Changes.Add(work.Changes.ChangedRuns, run);
        work.Hint(Topics.Item(new(run.TypeId, run.ItemId)));
    }
}
