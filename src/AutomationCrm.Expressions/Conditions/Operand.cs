using System.Collections.Immutable;
using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>The right side of a row: one text template, or a list of them; constants are evaluated once, when the condition is read.</summary>
public sealed class Operand
{
    private readonly Evaluation? _constant;
    private readonly Value? _number;
    private readonly Value? _day;

    private Operand(ImmutableArray<Template> templates, bool isList, Value? constant)
    {
        (Templates, IsList) = (templates, isList);
        if (constant is not null) _constant = Evaluation.Of(constant);
        if (constant is not TextValue { Text: var text }) return;
        if (ValueReader.TryNumber(text, CultureInfo.InvariantCulture, out var number)) _number = Value.Of(number);
        if (ValueReader.TryMoment(text, CultureInfo.InvariantCulture, TimeZoneInfo.Utc) is DateValue day && text.StartsWith(Iso(day), StringComparison.Ordinal)) _day = day;
    }

    public ImmutableArray<Template> Templates { get; }

    public bool IsList { get; }

    /// <summary>The value when it does not depend on the item.</summary>
    public Value? Constant => _constant?.Value;

    /// <summary>The constant in the kind of the value it is compared with, so that its text is not read again and again.</summary>
    internal Value? ConstantFor(Value left) => left switch
    {
        NumberValue or MoneyValue => _number ?? Constant,
        DateValue or InstantValue => _day ?? Constant,
        _ => Constant,
    };

    internal IEnumerable<string> References => Templates.SelectMany(template => template.References);

    public static Operand Of(Value constant) => new([], constant is ListValue, constant);

    public static Operand Of(string text)
    {
        var template = Template.Parse(text);
        return new Operand([template], false, template.IsConstant ? Value.Of(text) : null);
    }

    public static Operand OfList(IEnumerable<string> texts)
    {
        ImmutableArray<Template> templates = [.. texts.Select(Template.Parse)];
        var constant = templates.All(template => template.IsConstant) ? Value.Of(templates.Select(template => Value.Of(template.Text))) : null;
        return new Operand(templates, true, constant);
    }

    internal Evaluation Evaluate(IValueSource source, EvaluationContext context)
    {
        if (_constant is { } constant) return constant;
        return IsList ? Template.EvaluateList(Templates, source, context) : Templates[0].Evaluate(source, context);
    }

    // Only the ISO form is the same day in every culture.
    private static string Iso(DateValue day) => day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
