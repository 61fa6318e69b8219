using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Leaving a stage cancels its waiting tracks unless a robot survives leaving (contract C1).</summary>
internal sealed class StageLeaver(RunMemory memory, IUnitOfWork work)
{
    private const string Why = "The item left the stage.";

    /// <param name="beforeVersion">Runs that a move of this item version or a later one started are left alone. Versions order moves; ids do not, nodes hand them out in blocks.</param>
    public async ValueTask LeaveAsync(ItemRef item, long beforeVersion, CancellationToken ct)
    {
        foreach (var run in memory.ActiveRunsOf(item))
        {
            if (run.ItemVersion >= beforeVersion || run.State != RunState.Running) continue;
            // The same stage again is a fresh entry; the earlier one is over as well.
            await CancelAsync(run, ct);
        }
    }

    private async ValueTask CancelAsync(Run run, CancellationToken ct)
    {
        var automation = await memory.AutomationOfAsync(run, ct);
        foreach (var robotRun in memory.RobotRunsOf(run.Id))
        {
            if (robotRun.State is not (RobotRunState.Waiting or RobotRunState.Sending or RobotRunState.Retrying)) continue;
            if (automation?.Tracks.ElementAtOrDefault(robotRun.Track)?.ElementAtOrDefault(robotRun.Position)?.Survives == true) continue;

            work.Changes.Add(work.Changes.CancelledRobotRuns, new(robotRun.Id, RobotRunState.Cancelled, "stage.left", Why));
            // A robot run that this very batch makes is inserted as it stands here.
            (robotRun.State, robotRun.Code, robotRun.Message) = (RobotRunState.Cancelled, "stage.left", Why);
            (robotRun.DueAt, robotRun.FinishedAt) = (null, work.Now);
            run.OpenTracks--;
        }

        if (run.OpenTracks <= 0)
        {
            run.State = RunState.Cancelled;
            run.FinishedAt = work.Now;
            run.Message = Why;
        }

        work.Changes.Add(work.Changes.ChangedRuns, run);
        work.Hint(Topics.Item(new(run.TypeId, run.ItemId)));
    }
}
