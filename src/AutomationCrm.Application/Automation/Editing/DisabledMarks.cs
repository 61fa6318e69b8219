using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Keeps who switched a robot off and when, whichever door the change came through.</summary>
internal static class DisabledMarks
{
    public static StageAutomationConfig Apply(StageAutomationConfig config, StageAutomationConfig? before, long author, DateTimeOffset now)
    {
        var known = before?.Robots.Where(r => !r.Enabled).GroupBy(r => r.Key).ToDictionary(g => g.Key, g => g.First().Disabled) ?? [];
        return config with { Robots = [.. config.Robots.Select(Mark)] };

        RobotConfig Mark(RobotConfig robot) => robot with
        {
            Disabled = robot.Enabled ? null : known.TryGetValue(robot.Key, out var mark) && mark is not null ? mark : new(author, now),
        };
    }
}
