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
internal sealed class LatestRetry(CrmDbContext db, IUnitOfWork work, RunSuccessor successor)
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
        var next = await successor.OpenAsync(run, automation, "retry", failed.Id, openTracks: 1, ct);
        var done = await db.RobotRuns.AsNoTracking().Where(r => r.RunId == run.Id).OrderBy(r => r.Id).ToListAsync(ct);
        await successor.TakeOverAsync(run, done, next, automation, [plan], ct);
        Close(run, failed, next);
        var lane = LaneId.Of(new ItemRef(run.TypeId, run.ItemId));
        // Its delay is over already: it failed after it.
        work.Changes.Add(work.Changes.Jobs, new NewJob(lane, TrackJob.Kind, new TrackJob(next.Id, plan.Track, plan.Position, null, Resume.Due) { By = work.Caller.PersonId }.ToJson()));
        work.Hint(Topics.Item(new(run.TypeId, run.ItemId)));
        return next.Id;
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
