namespace AutomationCrm.Expressions.Values;

internal static class Moments
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>A moment from a moment, a day (its start in the zone), a text, or a number of seconds since 1970.</summary>
    public static DateTimeOffset? TryRead(Value value, EvaluationContext context, TimeZoneInfo zone) => value switch
    {
        InstantValue at => at.At,
        DateValue date => Zones.StartOf(date.Day, zone),
        TextValue text when ValueReader.TryMoment(text.Text, context.Culture, zone) is { } read => read is TextValue ? null : TryRead(read, context, zone),
        NumberValue { Number: >= FirstSecond and <= LastSecond } number => DateTimeOffset.FromUnixTimeSeconds((long)number.Number),
        _ => null,
    };
}
