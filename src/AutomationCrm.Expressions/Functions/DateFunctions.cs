using System.Globalization;
using AutomationCrm.Expressions.Dates;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

/// <summary>Dates and times in the zone of the evaluation; a day stays a day where no time of day is involved.</summary>
internal static class DateFunctions
{
    public static Function[] All { get; } =
    [
        Function.Of("date", FunctionGroup.Date, 1, 2, ["format", "date"], arguments => Show(arguments, CultureInfo.InvariantCulture)),
        Function.Of("locdate", FunctionGroup.Date, 1, 2, ["format", "date"], arguments => Show(arguments, arguments.Context.Culture)),
        Function.Of("dateadd", FunctionGroup.Date, 2, 2, ["date", "interval"], DateAdd),
        Function.Of("datediff", FunctionGroup.Date, 2, 3, ["from", "to", "format"], DateDiff),
        Function.Of("settime", FunctionGroup.Date, 3, 4, ["date", "hour", "minute", "second"], SetTime),
        Function.Of("strtotime", FunctionGroup.Date, 1, 2, ["text", "base"], StrToTime),
        Function.Of("touserdate", FunctionGroup.Date, 2, 2, ["user", "date"], ToUserDate),
        Function.Of("getuserdateoffset", FunctionGroup.Date, 1, 1, ["user"], UserOffset),
    ];

    private static Value? Show(Arguments arguments, CultureInfo names)
    {
        if (arguments.Text(0) is not { } format) return null;
        var at = arguments.Has(1) ? arguments.Moment(1) : arguments.Context.Now;
        if (at is null || !arguments.Work(format.Length * 8L)) return null;
        return arguments.Run.Grow((long)format.Length * DatePattern.LongestLetter, arguments.Call)
            ? Value.Of(DatePattern.Show(format, at.Value, arguments.Context.TimeZone, names))
            : null;
    }

    private static Value? DateAdd(Arguments arguments)
    {
        if (arguments.Text(1) is not { } text) return null;
        if (Interval.Parse(text) is not { } interval) return arguments.Run.Fail(FailureCodes.BadInterval, arguments.Node(1), text);
        try
        {
            if (Days.TryRead(arguments[0], arguments.Context) is { } day && interval.Seconds == 0)
                return Value.Of(day.AddMonths(checked((int)interval.Months)).AddDays(checked((int)interval.Days)));
            return arguments.Moment(0) is { } at ? Value.Of(interval.AddTo(at, arguments.Context.TimeZone)) : null;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return arguments.Run.Fail(FailureCodes.DateOutOfRange, arguments.Call, "dateadd");
        }
    }

    private static Value? DateDiff(Arguments arguments)
    {
        if (arguments.Moment(0) is not { } from || arguments.Moment(1) is not { } to || arguments.Text(2, "%a") is not { } format) return null;
        if (!arguments.Work(format.Length) || !arguments.Run.Grow((long)format.Length * 8, arguments.Call)) return null;
        var zone = arguments.Context.TimeZone;
        return ClockDifference.Between(Zones.ToLocal(from, zone), Zones.ToLocal(to, zone)).Show(format) switch
        {
            long number => Value.Of((decimal)number),
            string text => Value.Of(text),
            _ => arguments.Fail("the format knows %a %y %m %d %h %i %s, their capitals, %r and %R"),
        };
    }

    private static Value? SetTime(Arguments arguments)
    {
        if (arguments.Moment(0) is not { } at) return null;
        if (arguments.Whole(1, 0, 23) is not { } hour || arguments.Whole(2, 0, 59) is not { } minute || arguments.Whole(3, 0, 59, otherwise: 0) is not { } second) return null;
        var zone = arguments.Context.TimeZone;
        return Value.Of(Zones.ToInstant(Zones.ToLocal(at, zone).Date + new TimeSpan(hour, minute, second), zone));
    }

    private static Value? StrToTime(Arguments arguments)
    {
        if (arguments.Text(0) is not { } text) return null;
        var basis = arguments.Has(1) ? arguments.Moment(1) : arguments.Context.Now;
        if (basis is null) return null;
        try
        {
            return RelativeDate.Read(text, basis.Value, arguments.Context) is { } at ? Value.Of(at) : arguments.Run.Fail(FailureCodes.NotADate, arguments.Node(0), text);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return arguments.Run.Fail(FailureCodes.DateOutOfRange, arguments.Call, "strtotime");
        }
    }

    private static Value? ToUserDate(Arguments arguments)
    {
        if (People.Zone(arguments, 0) is not { } zone || arguments.Moment(1) is not { } at) return null;
        return arguments.Give(ValueText.Plain(Value.Of(at), arguments.Context, zone));
    }

    /// <summary>Seconds between the person's zone and the server's, now.</summary>
    private static Value? UserOffset(Arguments arguments)
    {
        if (People.Zone(arguments, 0) is not { } zone) return null;
        var now = arguments.Context.Now;
        return Value.Of((decimal)(zone.GetUtcOffset(now) - arguments.Context.ServerTimeZone.GetUtcOffset(now)).TotalSeconds);
    }
}
