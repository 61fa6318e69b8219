using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Incidents;

/// <summary>
/// Goes on from a failed robot by the newest version of the automation: a run of its own, pinned to that version, begins at the robot
/// with the same key and takes over what the robots before it have left as results.
/// </summary>
internal sealed class LatestRetry(CrmDbContext db, IUnitOfWork work)
{
    /// <summary>Where the newest version goes on; without a plan it is the version of the run itself.</summary>
    public sealed record Found(Run? Run, RobotRun? Failed, StageAutomation? Automation, RobotPlan? Plan, IncidentRefusal? Refusal)
    {
        internal static Found Same { get; } = new(null, null, null, null, null);

        internal static Found Refused(Incident incident, string code, string message) => Same with { Refusal = new(incident.Id, code, message) };
    }

    /// <summary>To be called under the lock of the incident's item.</summary>
    internal async Task<Found> FindAsync(Incident incident, CancellationToken ct)
    {
        if (incident is not { JobKind: TrackJob.Kind, RobotRunId: { } robotRunId, RunId: { } runId }) return Found.Same;

        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == runId, ct);
        var failed = await db.RobotRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == robotRunId, ct);
        if (run is not { State: RunState.Running } || failed is null) return Found.Refused(incident, "run.ended", "The run has ended.");
        if (work.Portal.AutomationOf(run.TypeId, run.StageId) is not { } automation) return Found.Refused(incident, "robot.gone", "The stage has no automation any more.");
        if (automation.Version == run.ConfigVersion) return Found.Same;

        return automation.Tracks.SelectMany(t => t).FirstOrDefault(p => p.Key == failed.RobotKey) is { } plan
            ? new(run, failed, automation, plan, null)
            : Found.Refused(incident, "robot.gone", $"Version {automation.Version} no longer has the robot {failed.Name}.");
    }

    /// <returns>The new run.</returns>
    internal async Task<long> GoOnAsync(Found found, CancellationToken ct)
    {
        var (run, failed, automation, plan) = (found.Run!, found.Failed!, found.Automation!, found.Plan!);
        var next = await OpenAsync(run, failed, automation, ct);
        await TakeOverAsync(run, next, automation, plan, ct);
        Close(run, failed, next);
        var lane = LaneId.Of(new ItemRef(run.TypeId, run.ItemId));
        // Its delay is over already: it failed after it.
        work.Changes.Add(work.Changes.Jobs, new NewJob(lane, TrackJob.Kind, new TrackJob(next.Id, plan.Track, plan.Position, null, Resume.Due) { By = work.Caller.PersonId }.ToJson()));
        work.Hint(Topics.Item(new(run.TypeId, run.ItemId)));
        return next.Id;
    }

    private async Task<Run> OpenAsync(Run run, RobotRun failed, StageAutomation automation, CancellationToken ct)
    {
        var next = new Run
        {
            Id = await work.NextIdAsync(ct),
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            PipelineId = run.PipelineId,
            StageId = run.StageId,
            ConfigVersion = automation.Version,
            ItemVersion = run.ItemVersion,
            ChainId = run.ChainId,
            Depth = run.Depth,
            ChainCount = run.ChainCount,
            Cause = "retry",
            CauseRobotRunId = failed.Id,
            ActorId = work.Caller.PersonId,
            RunAs = run.RunAs,
            FromStageId = run.FromStageId,
            State = RunState.Running,
            OpenTracks = 1,
            StartedAt = work.Now,
        };
        work.Changes.Add(work.Changes.NewRuns, next);
        return next;
    }

    private async Task TakeOverAsync(Run run, Run next, StageAutomation automation, RobotPlan from, CancellationToken ct)
    {
        var done = await db.RobotRuns.AsNoTracking().Where(r => r.RunId == run.Id && (r.State == RobotRunState.Done || r.State == RobotRunState.Skipped)).OrderBy(r => r.Id).ToListAsync(ct);
        var plans = automation.Tracks.SelectMany(t => t).ToDictionary(p => p.Key);
        foreach (var old in done)
        {
            if (!plans.TryGetValue(old.RobotKey, out var plan) || (plan.Track == from.Track && plan.Position >= from.Position)) continue;

            work.Changes.Add(work.Changes.NewRobotRuns, new RobotRun
            {
                Id = await work.NextIdAsync(ct),
                RunId = next.Id,
                TypeId = old.TypeId,
                ItemId = old.ItemId,
                StageId = old.StageId,
                Track = plan.Track,
                Position = plan.Position,
                RobotKey = old.RobotKey,
                RobotType = old.RobotType,
                Name = old.Name,
                State = old.State,
                Attempt = old.Attempt,
                RawSettings = old.RawSettings,
                Settings = old.Settings,
                Operands = old.Operands,
                Results = old.Results,
                Code = RobotRun.TakenOver,
                Message = $"Done by version {run.ConfigVersion}.",
                PlannedAt = old.PlannedAt,
                StartedAt = old.StartedAt,
                FinishedAt = old.FinishedAt,
                DurationUs = old.DurationUs,
            });
        }
    }

    private void Close(Run run, RobotRun failed, Run next)
    {
        var why = $"It goes on by version {next.ConfigVersion}.";
        (failed.State, failed.Code, failed.Message, failed.DueAt, failed.FinishedAt) = (RobotRunState.Cancelled, "retried.latest", why, null, work.Now);
        work.Changes.Add(work.Changes.ChangedRobotRuns, failed);
        run.OpenTracks--;
        if (run.OpenTracks <= 0) (run.State, run.FinishedAt, run.Message) = (RunState.Cancelled, work.Now, why);
        work.Changes.Add(work.Changes.ChangedRuns, run);
    }
}
