using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

internal enum SystemValue
{
    None,
    Now,
    Date,
    LineBreak,
}

/// <summary>The placeholders of <c>System</c> that come from the context; any other is asked of the source.</summary>
internal static class SystemValues
{
    public static string[] Paths { get; } = ["System:Now", "System:NowLocal", "System:Date", "System:Eol"];

    private static readonly Value LineBreak = Value.Of("\n");

    public static SystemValue Find(string path) => path.ToUpperInvariant() switch
    {
        "SYSTEM:NOW" or "SYSTEM:NOWLOCAL" => SystemValue.Now,
        "SYSTEM:DATE" => SystemValue.Date,
        "SYSTEM:EOL" => SystemValue.LineBreak,
        _ => SystemValue.None,
    };

    public static Value Get(SystemValue value, EvaluationContext context) => value switch
    {
        SystemValue.Now => Value.Of(context.Now),
        SystemValue.Date => Value.Of(Zones.DayOf(context.Now, context.TimeZone)),
        _ => LineBreak,
    };
}
