using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Puts the recorded robot runs beside the robots of the run's version, so that those without a record are explained too.</summary>
internal static class RunAssembly
{
    public static IReadOnlyList<RobotView> Robots(Run run, RunKnowledge known)
    {
        var recorded = known.RobotRuns[run.Id].ToDictionary(r => (r.Track, r.Position));
        if (known.RobotsOf(run) is not { } version)
            return [.. recorded.Values.OrderBy(r => r.Track).ThenBy(r => r.Position).Select(r => Recorded(r, null, known))];

        var views = new List<RobotView>();
        foreach (var track in version.TracksOf(run.StartedBy).Select(t => version.Tracks[t]))
        {
            foreach (var plan in track)
                views.Add(Paused(run, recorded.TryGetValue((plan.Track, plan.Position), out var robotRun) ? Recorded(robotRun, plan, known) : NotYet(run, plan, track, recorded), known));
        }

        return views;
    }

    public static IReadOnlyList<RobotView> Unreached(StageAutomation automation, string code, string why) =>
        [.. automation.Tracks.SelectMany(t => t).Select(plan => Planned(plan, code, why))];

    private static RobotView Paused(Run run, RobotView view, RunKnowledge known) =>
        run.State == RunState.Running && known.Held.Contains((run.Id, view.Track, view.Position)) ? view with { Code = "automation.paused", Message = "The automation is paused." } : view;

    private static RobotView NotYet(Run run, RobotPlan plan, IReadOnlyList<RobotPlan> track, Dictionary<(int, int), RobotRun> recorded)
    {
        if (run.State is RunState.Cancelled or RunState.Undone or RunState.Stopped) return Planned(plan, "run.ended", run.Message ?? "The run ended before its turn.");
        if (plan.Position == 0) return run.State == RunState.Running ? Planned(plan, "run.queued", "Its turn comes at once.") : Planned(plan, "robot.unreached", "The run ended before its turn.");

        var previous = track[plan.Position - 1];
        var stopped = recorded.GetValueOrDefault((previous.Track, previous.Position)) is { State: RobotRunState.Cancelled or RobotRunState.Undone };
        return run.State == RunState.Running && !stopped
            ? Planned(plan, "after.previous", $"Waits for {previous.Name}.")
            : Planned(plan, "robot.unreached", $"{previous.Name} did not get that far.");
    }

    private static RobotView Planned(RobotPlan plan, string code, string why) =>
        new(plan.Track, plan.Position, plan.Key, plan.Type, plan.Name, RobotProgress.NotReached, code, why)
        {
            AfterPrevious = plan.AfterPrevious,
            Enabled = plan.Enabled,
            RawSettings = plan.RawSettings,
            ConditionJson = Configured(plan),
        };

    private static RobotView Recorded(RobotRun robotRun, RobotPlan? plan, RunKnowledge known) =>
        new(robotRun.Track, robotRun.Position, robotRun.RobotKey, robotRun.RobotType, robotRun.Name, (RobotProgress)(int)robotRun.State, robotRun.Code, robotRun.Message)
        {
            RobotRunId = robotRun.Id,
            AfterPrevious = plan?.AfterPrevious ?? robotRun.Position > 0,
            Enabled = plan?.Enabled ?? true,
            Attempt = robotRun.Attempt,
            DueAt = robotRun.DueAt,
            PlannedAt = robotRun.PlannedAt,
            StartedAt = robotRun.StartedAt,
            FinishedAt = robotRun.FinishedAt,
            Duration = robotRun.DurationUs is { } micros ? TimeSpan.FromMicroseconds(micros) : null,
            RawSettings = robotRun.RawSettings,
            Settings = robotRun.Settings,
            Results = robotRun.Results,
            ConditionJson = robotRun.Operands ?? Configured(plan),
            Delivery = known.Deliveries.TryGetValue(robotRun.Id, out var sent) ? new(sent.EffectKey, sent.State, sent.Attempt, sent.Destination, sent.DueAt) : null,
            IncidentId = known.Incidents.TryGetValue(robotRun.Id, out var incident) ? incident : null,
        };

    private static string? Configured(RobotPlan? plan) => plan?.Condition is { } condition ? ConditionRecord.Planned(condition) : null;
}
