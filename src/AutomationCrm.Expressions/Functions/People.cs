using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

/// <summary>Arguments that name a person.</summary>
internal static class People
{
    /// <summary>The person of an argument, the first of a list; null after a failure.</summary>
    public static long? Id(Arguments arguments, int index)
    {
        var value = arguments[index] is ListValue { Items: [var first, ..] } ? first : arguments[index];
        long? id = value switch
        {
            UserValue user => user.Id,
            NumberValue { Number: > 0 and <= long.MaxValue } number when number.Number == decimal.Truncate(number.Number) => (long)number.Number,
            TextValue text => ValueReader.TryUser(text.Text),
            _ => null,
        };
        if (id is null) arguments.Run.Fail(FailureCodes.NotAUser, arguments.Node(index), value is TextValue text2 ? text2.Text : ValueKinds.Name(value));
        return id;
    }

    /// <summary>The person's zone, or the evaluation's when none is known.</summary>
    public static TimeZoneInfo? Zone(Arguments arguments, int index) =>
        Id(arguments, index) is { } id ? arguments.Context.Facts.ZoneOf(id) ?? arguments.Context.TimeZone : null;
}
