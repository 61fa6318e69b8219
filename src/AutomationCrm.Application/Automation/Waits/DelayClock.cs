using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Calendar;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Waits;

/// <summary>What a delay comes to: go on now, wait until a moment, do not run at all, or a problem.</summary>
internal readonly record struct DelayAnswer(DateTimeOffset? Until, (string Code, string Why)? Skip, (string Code, string Message)? Problem)
{
    public static DelayAnswer Now => default;

    public static DelayAnswer At(DateTimeOffset until) => new(until, null, null);

    public static DelayAnswer Skipped(string code, string why) => new(null, (code, why), null);

    public static DelayAnswer Failed(string code, string message) => new(null, null, (code, message));
}

/// <summary>Computes the moment of a delay in the portal's time zone and by its business calendar (reference bitrix-automation 1.3).</summary>
internal static class DelayClock
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    public static DelayAnswer Compute(DelayPlan delay, IValueSource source, EvaluationContext context)
    {
        if (delay.Problems is [var problem, ..]) return DelayAnswer.Failed(problem.Code, problem.Message);

        var zone = context.TimeZone;
        try
        {
            if (delay.At is null) return After(delay, context.Calendar, Zones.ToLocal(context.Now, zone), zone);

            var evaluation = delay.At.Evaluate(source, context);
            if (evaluation.Failure is { } failure) return DelayAnswer.Failed("delay.unresolved", failure.Message);
            if (evaluation.Value!.IsEmpty) return delay.Config.Empty == DelayConfig.Skip ? DelayAnswer.Skipped("delay.empty", "The date is empty.") : DelayAnswer.Now;
            if (Local(evaluation.Value, context) is not { } basis) return DelayAnswer.Failed("delay.unresolved", "This is no date.");

            return Around(delay, context, Moved(basis, delay.Offset, delay, context.Calendar));
        }
        catch (ArgumentOutOfRangeException)
        {
            return DelayAnswer.Failed("delay.unresolved", "The date is out of range.");
        }
    }

    private static DelayAnswer After(DelayPlan delay, BusinessCalendar calendar, DateTime now, TimeZoneInfo zone)
    {
        if (Moved(now, delay.After ?? default, delay, calendar) is not { } moved) return Nobody;

        var at = moved;
        if (delay.Time is { } time)
        {
            at = moved.Date + time.ToTimeSpan();
            // "At nine", asked at noon, is tomorrow at nine.
            if (at <= now) at = at.AddDays(1);
            if (delay.Config.WorkTime && calendar.NextWorkingDay(DateOnly.FromDateTime(at)) is { } day) at = day.ToDateTime(time);
        }

        return at <= now ? DelayAnswer.Now : DelayAnswer.At(Zones.ToInstant(at, zone));
    }

    private static DelayAnswer Around(DelayPlan delay, EvaluationContext context, DateTime? moved)
    {
        if (moved is not { } at) return Nobody;
        if (delay.Time is { } time)
        {
            at = at.Date + time.ToTimeSpan();
            if (delay.Config.WorkTime && context.Calendar.NextWorkingDay(DateOnly.FromDateTime(at)) is { } day) at = day.ToDateTime(time);
        }

        var instant = Zones.ToInstant(at, context.TimeZone);
        if (instant > context.Now + Soonest) return DelayAnswer.At(instant);
        return delay.Config.Past == DelayConfig.Skip && instant < context.Now - Soonest ? DelayAnswer.Skipped("delay.past", "The moment has passed.") : DelayAnswer.Now;
    }

    private static DateTime? Moved(DateTime from, IsoSpan by, DelayPlan delay, BusinessCalendar calendar) =>
        delay.Config.WorkTime ? calendar.Move(from.AddMonths(by.Months), by.Days, by.Time) : from.AddMonths(by.Months).AddDays(by.Days) + by.Time;

    private static DateTime? Local(Value value, EvaluationContext context) => value switch
    {
        DateValue date => date.Day.ToDateTime(TimeOnly.MinValue),
        InstantValue at => Zones.ToLocal(at.At, context.TimeZone),
        TextValue text => ValueReader.TryMoment(text.Text, context.Culture, context.TimeZone) is { } read ? Local(read, context) : null,
        _ => null,
    };

    private static DelayAnswer Nobody => DelayAnswer.Failed("delay.nobody", "Nobody works within a thousand days by the business calendar.");
}
