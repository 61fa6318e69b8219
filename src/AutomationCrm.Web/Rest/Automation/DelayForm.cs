using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>Delay and failure policy of a robot on the wire, the same in both directions.</summary>
internal static class DelayForm
{
    public static RestShape Shape { get; } = RestShape.Object(
        May("after", RestShape.Text.Like("PT10M").OrNull(), "A duration in ISO 8601."),
        May("at", RestShape.Text.Like("CLOSEDATE").OrNull(), "Instead of after: a date field, or a text with placeholders that gives a date."),
        May("offset", RestShape.Text.Like("-P1D").OrNull(), "Before (negative) or after the date."),
        May("time", RestShape.Text.Like("09:00").OrNull(), "The time of that day in the portal's time zone."),
        May("workTime", RestShape.Flag, "Counts and ends in working time by the business calendar."),
        May("empty", RestShape.Text.Like("skip").OrNull(), "Without a date: now or skip."),
        May("past", RestShape.Text.Like("skip").OrNull(), "When the moment has passed: now or skip."),
        May("recompute", RestShape.Flag, "Whether a waiting robot follows changes of the date."));

    public static RestShape OnErrorShape { get; } = RestShape.Object(
        May("then", RestShape.Text.Like("continue"), "ask (an incident), stop or continue."),
        May("attempts", RestShape.Whole.Like(5).OrNull(), "Tries altogether, 1 to 20."),
        May("pause", RestShape.Text.Like("PT2S").OrNull(), "Before the second try; later ones double."));

    public static DelayConfig Read(RestValue delay) => new()
    {
        After = Text(delay, "after"),
        At = Text(delay, "at"),
        Offset = Text(delay, "offset"),
        Time = Text(delay, "time"),
        WorkTime = Flag(delay, "workTime"),
        Empty = Text(delay, "empty"),
        Past = Text(delay, "past"),
        Recompute = Flag(delay, "recompute"),
    };

    public static RestMap Write(DelayConfig delay) => RestValue.Map(Given(
        ("after", delay.After),
        ("at", delay.At),
        ("offset", delay.Offset),
        ("time", delay.Time),
        ("workTime", delay.WorkTime ? true : RestValue.Null),
        ("empty", delay.Empty),
        ("past", delay.Past),
        ("recompute", delay.Recompute ? true : RestValue.Null)));

    public static OnErrorConfig ReadOnError(RestValue onError) => new()
    {
        Then = Text(onError, "then") ?? OnErrorConfig.Ask,
        Attempts = RestArguments.TryWhole(onError.Find("attempts"), out var attempts) ? (int)Math.Clamp(attempts, int.MinValue, int.MaxValue) : null,
        Pause = Text(onError, "pause"),
    };

    public static RestMap Write(OnErrorConfig onError) => RestValue.Map(Given(
        ("then", onError.Then),
        ("attempts", onError.Attempts is { } attempts ? RestValue.Of(attempts) : RestValue.Null),
        ("pause", onError.Pause)));

    private static IEnumerable<(string, RestValue)> Given(params IEnumerable<(string Name, RestValue Value)> parts) => parts.Where(p => p.Value is not null and not RestNull);

    private static string? Text(RestValue map, string name) => map.Find(name)?.Text is { Length: > 0 } text ? text : null;

    private static bool Flag(RestValue map, string name) => RestArguments.TryFlag(map.Find(name), out var flag) && flag;
}
