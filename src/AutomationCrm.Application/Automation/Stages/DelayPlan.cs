using System.Globalization;
using AutomationCrm.Expressions;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>A delay, parsed once per version.</summary>
/// <param name="After">Counts from the moment the robot's turn comes; null for delays that have a date.</param>
/// <param name="At">The date; null for delays that have a duration.</param>
public sealed record DelayPlan(DelayConfig Config, IsoSpan? After, Template? At, IsoSpan Offset, TimeOnly? Time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    private readonly List<(string Code, string Message)> problems = [];

    /// <summary>What is wrong with the configuration; a delay with problems is never computed.</summary>
    public IReadOnlyList<(string Code, string Message)> Problems => problems;

    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsNone => At is null && After is { IsZero: true } && Time is null && !Config.WorkTime;

    internal static DelayPlan? Parse(DelayConfig? config)
    {
        if (config is null) return null;

        var (after, offset, time) = (IsoSpan.Parse(config.After), IsoSpan.Parse(config.Offset), TimeOf(config.Time));
        var at = string.IsNullOrWhiteSpace(config.At) ? null : Template.Parse(IsCode(config.At) ? $"{{=Document:{config.At}}}" : config.At);
        var plan = new DelayPlan(config, at is null ? after ?? (string.IsNullOrEmpty(config.After) ? default(IsoSpan) : null) : null, at, offset ?? default, time);
        plan.Check(after, offset);
        return plan;
    }

    private void Check(IsoSpan? after, IsoSpan? offset)
    {
        if (At is null && !string.IsNullOrEmpty(Config.After) && (after is not { IsNegative: false } length || length.Length > Longest))
            problems.Add(("delay.invalid", $"\"{Config.After}\" is no duration such as PT10M, or longer than ten years."));
        if (At is not null && !string.IsNullOrEmpty(Config.After)) problems.Add(("delay.both", "A delay has either a duration or a date."));
        if (At is null && !string.IsNullOrEmpty(Config.Offset)) problems.Add(("delay.offset", "Only a date can have a time before or after it."));
        if (!string.IsNullOrEmpty(Config.Offset) && (offset is not { } span || span.Length.Duration() > Longest))
            problems.Add(("delay.invalid", $"\"{Config.Offset}\" is no duration such as -P1D, or longer than ten years."));
        if (!string.IsNullOrEmpty(Config.Time) && Time is null) problems.Add(("delay.time", $"\"{Config.Time}\" is no time of day such as 09:00."));
        if (Config.Empty is not (null or DelayConfig.Now or DelayConfig.Skip)) problems.Add(("delay.empty", "Without a date: now or skip."));
        if (Config.Past is not (null or DelayConfig.Now or DelayConfig.Skip)) problems.Add(("delay.past", "After the date: now or skip."));
    }

    private static TimeOnly? TimeOf(string? text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static bool IsCode(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
}
