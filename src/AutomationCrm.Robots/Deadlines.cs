using System.Globalization;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots;

/// <summary>When something is due: at a moment, a span after it or after now, on request counted in working time of the business calendar.</summary>
internal static class Deadlines
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10 * 366);

    /// <summary>Null without a moment and without a span. Whole days of a span are working days, the rest working hours.</summary>
    public static DateTimeOffset? Of(DateTimeOffset? at, TimeSpan? after, bool workTime, RobotContext context)
    {
        if (after is not { } span) return at;
        if (span > Longest || span < -Longest) throw new RuleBrokenException("setting.range", "The setting deadlineAfter takes at most ten years.", "deadlineAfter");

        var from = at ?? context.Now;
        if (!workTime) return from + span;

        var interval = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(span.Days)}d {Math.Abs((long)span.TotalSeconds - (span.Days * 86_400L))}s");
        var formula = Template.Parse($"=workdateadd({{=System:Now}}, '{(span < TimeSpan.Zero ? "-" : "")}{interval}')");
        var moved = formula.Evaluate(NoValues.Instance, context.Evaluation with { Now = from });
        return moved.Value is InstantValue due ? due.At : throw new RuleBrokenException("deadline.calendar", moved.Failure?.Message ?? "The business calendar has no working time.", "workTime");
    }

    private sealed class NoValues : IValueSource
    {
        public static NoValues Instance { get; } = new();

        public Value? Get(string path) => null;
    }
}
