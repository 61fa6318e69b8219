using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Other;

/// <summary>Lets time pass before the next robot of its track.</summary>
internal sealed class WaitRobot() : Robot<WaitRobot.Settings>("wait", RobotKind.State, RobotGroups.Other)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5 * 366);

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        if (settings.Duration > Longest) throw new RuleBrokenException("setting.range", "The setting duration takes at most five years.", "duration");
        Outcome outcome = settings.Duration > TimeSpan.Zero
            ? new Outcome.Wait(context.Now + settings.Duration)
            : new Outcome.Skipped("wait.none", "There is no time to wait.");
        return Task.FromResult(outcome);
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Duration, Required = true)]
        public TimeSpan Duration { get; init; }
    }
}
