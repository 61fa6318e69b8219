using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;

namespace AutomationCrm.Application.Automation.Explain;

/// <summary>Turns what is recorded about a robot into the state people ask for.</summary>
internal static class Verdict
{
    /// <summary>Null when neither a run nor a version knows the robot.</summary>
    public static RobotExplanation? Of(ExplainRobot request, StageRuns? stage, RobotTrail trail, PortalSnapshot portal)
    {
        var latest = stage?.Runs.Count > 0 ? stage.Runs[0] : null;
        var holder = stage?.Runs.FirstOrDefault(r => r.Robots.Any(v => v.Key == request.RobotKey));
        var view = holder?.Robots.First(v => v.Key == request.RobotKey) ?? stage?.Robots.FirstOrDefault(v => v.Key == request.RobotKey);
        if (view is null && trail.LastKnown is null) return null;

        var (state, code, message) = (latest, view) switch
        {
            ({ Run.State: RunState.Stopped } run, _) => (ExplainState.Limit, "budget", run.Run.Message ?? "A limit stopped the run."),
            // The newest run knows it, or an earlier one does because it has been taken away since.
            (_, not null) when holder is not null && (holder == latest || trail.Config is null) => Recorded(view),
            ({ } run, _) when trail.Added is { } added && added.Version > run.Run.ConfigVersion => (ExplainState.NeverReached, "robot.added_later", AddedLater(added)),
            ({ }, _) => (ExplainState.NeverReached, "robot.absent", "The version of the automation that ran did not have the robot."),
            (null, not null) => (ExplainState.NeverReached, view!.Code ?? "stage.never", view.Message ?? "The item has not been on this stage."),
            _ => (ExplainState.NeverReached, "stage.never", "The item has not been on this stage."),
        };
        var known = holder is not null && state is not ExplainState.Limit && (holder == latest || trail.Config is null) ? view : null;
        return new(request.Item, stage?.Stage ?? portal.Stage(request.Item.TypeId, request.StageId), request.StageId, request.RobotKey, view?.Name ?? trail.LastKnown!.Name, view?.Type ?? trail.LastKnown!.Type, state, code, message, known, known is null ? latest?.Run : holder!.Run)
        {
            CurrentVersion = trail.CurrentVersion,
            StillThere = trail.Config is not null,
            ChangedSince = known is not null && trail.Config is { } now && trail.ByVersion.GetValueOrDefault(holder!.Run.ConfigVersion) is { } then && !Same(now, then),
            Added = trail.Added,
            SwitchedOff = trail.SwitchedOff,
        };
    }

    private static (ExplainState State, string Code, string Message) Recorded(RobotView view) => view.Progress switch
    {
        RobotProgress.Done => (ExplainState.Done, view.Code ?? "done", view.Message ?? "It did its work."),
        RobotProgress.Skipped => (ExplainState.NotStarted, view.Code ?? "skipped", view.Message ?? "It had nothing to do."),
        RobotProgress.Incident => (ExplainState.Failed, view.Code ?? "robot.failed", view.Message ?? "It failed."),
        RobotProgress.Waiting or RobotProgress.Sending or RobotProgress.Retrying => (ExplainState.Waiting, view.Code ?? "wait", view.Message ?? "It waits."),
        RobotProgress.Cancelled or RobotProgress.Undone => (ExplainState.Stopped, view.Code ?? "stopped", view.Message ?? "It was stopped."),
        _ when view.Code is "after.previous" or "run.queued" => (ExplainState.Waiting, view.Code, view.Message ?? "Its turn comes."),
        _ => (ExplainState.NeverReached, view.Code ?? "robot.unreached", view.Message ?? "The run ended before its turn."),
    };

    private static string AddedLater(ConfigMark added) =>
        $"It was added in version {added.Version}{(added.PersonName.Length > 0 ? $" by {added.PersonName}" : "")}, after the item had come to the stage.";

    private static bool Same(RobotConfig now, RobotConfig then) => JsonSerializer.Serialize(now, StageAutomation.Json) == JsonSerializer.Serialize(then, StageAutomation.Json);
}
