using AutomationCrm.Expressions.Calendar;
using AutomationCrm.Expressions.Dates;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

/// <summary>Working days and hours by the company's calendar; a person as the last argument shifts it to that person's zone.</summary>
internal static class WorkFunctions
{
    public static Function[] All { get; } =
    [
        Function.Of("addworkdays", FunctionGroup.WorkingTime, 2, 2, ["date", "days"], AddWorkDays),
        Function.Of("workdateadd", FunctionGroup.WorkingTime, 2, 3, ["date", "interval", "user"], WorkDateAdd),
        Function.Of("isworkday", FunctionGroup.WorkingTime, 1, 2, ["date", "user"], IsWorkDay),
        Function.Of("isworktime", FunctionGroup.WorkingTime, 1, 2, ["date", "user"], IsWorkTime),
    ];

    private static TimeZoneInfo? Zone(Arguments arguments, int index)
    {
        var company = arguments.Context.Calendar.TimeZone ?? arguments.Context.TimeZone;
        if (!arguments.Has(index) || arguments[index].IsEmpty) return company;
        return People.Id(arguments, index) is { } id ? arguments.Context.Facts.ZoneOf(id) ?? company : null;
    }

    private static WorkingTime Time(Arguments arguments) => new(arguments.Context.Calendar, () => arguments.Run.Step(arguments.Call));

    private static Value? Nobody(Arguments arguments) =>
        arguments.Run.Fail(FailureCodes.NoWorkingTime, arguments.Call, Calculation.Run.Invariant(WorkingTime.LongestBreak));

    private static Value? AddWorkDays(Arguments arguments)
    {
        if (arguments.Whole(1, -100_000, 100_000) is not { } count) return null;
        try
        {
            if (Days.TryRead(arguments[0], arguments.Context) is { } day)
                return Time(arguments).AddDays(day.ToDateTime(TimeOnly.MinValue), count) is { } date ? Value.Of(DateOnly.FromDateTime(date)) : Nobody(arguments);
            if (arguments.Moment(0) is not { } at) return null;
            var zone = Zone(arguments, 2)!;
            return Time(arguments).AddDays(Zones.ToLocal(at, zone), count) is { } moved ? Value.Of(Zones.ToInstant(moved, zone)) : Nobody(arguments);
        }
        catch (ArgumentOutOfRangeException)
        {
            return arguments.Run.Fail(FailureCodes.DateOutOfRange, arguments.Call, "addworkdays");
        }
    }

    private static Value? WorkDateAdd(Arguments arguments)
    {
        if (arguments.Moment(0) is not { } at || arguments.Text(1) is not { } text || Zone(arguments, 2) is not { } zone) return null;
        if (Interval.Parse(text) is not { Months: 0 } interval) return arguments.Run.Fail(FailureCodes.BadInterval, arguments.Node(1), text);
        try
        {
            // A working day is as long as the calendar says.
            var duration = (arguments.Context.Calendar.DayLength * interval.Days) + TimeSpan.FromSeconds(interval.Seconds);
            return Time(arguments).Add(Zones.ToLocal(at, zone), duration) is { } moved ? Value.Of(Zones.ToInstant(moved, zone)) : Nobody(arguments);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return arguments.Run.Fail(FailureCodes.DateOutOfRange, arguments.Call, "workdateadd");
        }
    }

    private static Value? IsWorkDay(Arguments arguments)
    {
        if (Days.TryRead(arguments[0], arguments.Context) is { } day) return Value.Of(arguments.Context.Calendar.IsWorkingDay(day));
        if (arguments.Moment(0) is not { } at || Zone(arguments, 1) is not { } zone) return null;
        return Value.Of(arguments.Context.Calendar.IsWorkingDay(Zones.DayOf(at, zone)));
    }

    private static Value? IsWorkTime(Arguments arguments)
    {
        if (arguments.Moment(0) is not { } at || Zone(arguments, 1) is not { } zone) return null;
        return Value.Of(arguments.Context.Calendar.IsWorkingTime(Zones.ToLocal(at, zone)));
    }
}
