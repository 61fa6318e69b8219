namespace AutomationCrm.Expressions.Values;

internal static class Days
{
    /// <summary>A day without a time: a date, or a text that is one.</summary>
    public static DateOnly? TryRead(Value value, EvaluationContext context) => value switch
    {
        DateValue date => date.Day,
        TextValue text when ValueReader.TryMoment(text.Text, context.Culture, context.TimeZone) is DateValue day => day.Day,
        _ => null,
    };
}
