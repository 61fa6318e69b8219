using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Calculation;

/// <summary>What may stand after <c>></c> in a placeholder: one type to convert to, one format to show in.</summary>
internal static class Modifiers
{
    private static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        "string", "text", "int", "double", "bool", "date", "datetime", "time", "user", "file", "select", "money",
    };

    private static readonly HashSet<string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        "printable", "friendly", "server", "author", "responsible", "src", "publink", "shortlink", "name", "id",
    };

    public static IEnumerable<string> Names => Types.Concat(Formats);

    public static bool IsType(string name) => Types.Contains(name) || (name.Length > 3 && name.StartsWith("uf:", StringComparison.OrdinalIgnoreCase));

    public static bool IsFormat(string name) => Formats.Contains(name);

    public static TimeZoneInfo ZoneOf(string? format, EvaluationContext context) => format switch
    {
        "server" => context.ServerTimeZone,
        "author" => context.AuthorTimeZone ?? context.TimeZone,
        "responsible" => context.ResponsibleTimeZone ?? context.TimeZone,
        _ => context.TimeZone,
    };

    public static Value? Apply(ReferenceNode reference, Value value, Run run)
    {
        if (value is not ListValue list) return ApplyToOne(reference, value, run);
        if (!run.Step(reference, list.Items.Length) || !run.GrowList(list.Items.Length, reference)) return null;
        var items = new Value[list.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (ApplyToOne(reference, list.Items[i], run) is not { } item) return null;
            items[i] = item;
        }

        return Value.Of(items);
    }

    private static Value? ApplyToOne(ReferenceNode reference, Value value, Run run)
    {
        var converted = reference.Type is { } type ? Conversion.To(type, value, reference, run) : value;
        return converted is not null && reference.Format is { } format ? Format(reference, converted, format, run) : converted;
    }

    private static Value? Format(ReferenceNode reference, Value value, string format, Run run)
    {
        switch (format)
        {
            // A moment has no zone of its own: these matter for its text and its day only.
            case "server" or "author" or "responsible":
                return value;
            case "id":
                return Id(reference, value, run);
            case "printable" or "friendly":
                var text = ValueText.Printable(value, run.Context, reference.Path, format);
                return run.Grow(text.Length, reference) ? Value.Of(text) : null;
            default:
                if (value.IsEmpty) return Value.Of("");
                return run.Context.Facts.Show(reference.Path, value, format) is { } shown
                    ? Value.Of(shown)
                    : run.Fail(FailureCodes.NoForm, reference, format, reference.Path);
        }
    }

    private static Value? Id(ReferenceNode reference, Value value, Run run) => value switch
    {
        UserValue user => Value.Of((decimal)user.Id),
        ItemValue item => Value.Of((decimal)item.Id),
        NumberValue or NullValue => value,
        TextValue text when ItemCodes.Read(text.Text) is { } item => Value.Of((decimal)item.Id),
        TextValue text when ValueReader.TryUser(text.Text) is { } id => Value.Of((decimal)id),
        _ => run.Fail(FailureCodes.NoForm, reference, "id", ValueKinds.Name(value)),
    };
}
