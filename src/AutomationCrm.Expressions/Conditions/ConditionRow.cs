using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>
/// One comparison: a field, an operator of <see cref="OperatorCodes"/> and an operand. <see cref="Field"/> is a path; a bare code is a field
/// of the item. <see cref="From"/> and <see cref="To"/> narrow the operator "changed" to an old and a new value.
/// </summary>
public sealed record ConditionRow : Condition
{
    private readonly Operator _operator;

    public ConditionRow(string field, string code, Operand? value = null)
    {
        (Field, Code, Value) = (field, code, value);
        Path = field.Contains(':', StringComparison.Ordinal) ? field : "Document:" + field;
        _operator = OperatorCodes.Find(code);
    }

    public string Field { get; }

    public string Code { get; }

    public Operand? Value { get; }

    public Operand? From { get; init; }

    public Operand? To { get; init; }

    public string Path { get; }

    internal IEnumerable<string> Reads =>
        new[] { Value, From, To }.OfType<Operand>().SelectMany(operand => operand.References).Prepend(Path);

    internal override Verdict Test(IValueSource source, EvaluationContext context, Trace? trace)
    {
        var left = source.Get(Path);
        Value? right = null;
        var verdict = left is null
            ? Comparison.Fail(FailureCodes.UnknownReference, Path)
            : _operator == Operator.Changed ? Changed(left, source, context, out right) : Compare(left, source, context, out right);
        trace?.Add(this, left, right, verdict);
        return verdict;
    }

    private Verdict Compare(Value left, IValueSource source, EvaluationContext context, out Value? right)
    {
        right = null;
        if (_operator == Operator.None) return Comparison.Fail(FailureCodes.UnknownOperator, Code);
        if (Value is null) return Comparison.Compare(left, _operator, null, context);
        var evaluation = Value.Evaluate(source, context);
        if (evaluation.Failure is { } failure) return Verdict.Of(failure);
        right = evaluation.Value;
        return Comparison.Compare(left, _operator, right, context);
    }

    private Verdict Changed(Value left, IValueSource source, EvaluationContext context, out Value? before)
    {
        before = null;
        if (source is not IChanges changes) return Comparison.Fail(FailureCodes.ChangesUnknown, Path);
        if (!changes.IsChanged(Path)) return Verdict.Of(false);
        before = changes.Before(Path);
        var old = From is null ? Verdict.Of(true) : Matches(before, From, source, context);
        return old.Holds && To is not null ? Matches(left, To, source, context) : old;
    }

    private Verdict Matches(Value? actual, Operand wanted, IValueSource source, EvaluationContext context)
    {
        if (actual is null) return Comparison.Fail(FailureCodes.UnknownReference, Path);
        var evaluation = wanted.Evaluate(source, context);
        return evaluation.Failure is { } failure ? Verdict.Of(failure) : Comparison.Compare(actual, Operator.Equal, evaluation.Value, context);
    }
}

/// <summary>The right side of a row: one text template, or a list of them; constants are evaluated once, when the condition is read.</summary>
public sealed class Operand
{
    private readonly Evaluation? _constant;

    private Operand(ImmutableArray<Template> templates, bool isList, Value? constant)
    {
        (Templates, IsList) = (templates, isList);
        if (constant is not null) _constant = Evaluation.Of(constant);
    }

    public ImmutableArray<Template> Templates { get; }

    public bool IsList { get; }

    /// <summary>The value when it does not depend on the item.</summary>
    public Value? Constant => _constant?.Value;

    internal IEnumerable<string> References => Templates.SelectMany(template => template.References);

    public static Operand Of(Value constant) => new([], constant is ListValue, constant);

    public static Operand Of(string text)
    {
        var template = Template.Parse(text);
        return new Operand([template], false, template.IsConstant ? Expressions.Values.Value.Of(text) : null);
    }

    public static Operand OfList(IEnumerable<string> texts)
    {
        ImmutableArray<Template> templates = [.. texts.Select(Template.Parse)];
        var constant = templates.All(template => template.IsConstant) ? Expressions.Values.Value.Of(templates.Select(template => Expressions.Values.Value.Of(template.Text))) : null;
        return new Operand(templates, true, constant);
    }

    internal Evaluation Evaluate(IValueSource source, EvaluationContext context)
    {
        if (_constant is { } constant) return constant;
        return IsList ? Template.EvaluateList(Templates, source, context) : Templates[0].Evaluate(source, context);
    }
}
