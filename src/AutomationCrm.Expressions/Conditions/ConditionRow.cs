using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>
/// One comparison: a field, an operator of <see cref="OperatorCodes"/> and an operand. <see cref="Field"/> is a path; a bare code is a field
/// of the item. <see cref="From"/> and <see cref="To"/> narrow the operator "changed" to an old and a new value.
/// </summary>
public sealed record ConditionRow : Condition
{
    private readonly Operator _operator;
    private readonly SystemValue _system;

    public ConditionRow(string field, string code, Operand? value = null)
    {
        (Field, Code, Value) = (field, code, value);
        Path = field.Contains(':', StringComparison.Ordinal) ? PlaceholderParser.Canonical(field) : "Document:" + field;
        _operator = OperatorCodes.Find(code);
        _system = SystemValues.Find(Path);
    }

    public string Field { get; }

    public string Code { get; }

    public Operand? Value { get; }

    public Operand? From { get; init; }

    public Operand? To { get; init; }

    public string Path { get; }

    internal IEnumerable<string> Reads =>
        new[] { Value, From, To }.OfType<Operand>().SelectMany(operand => operand.References).Concat(_system == SystemValue.None ? [Path] : []);

    internal override Verdict Test(IValueSource source, EvaluationContext context, Trace? trace)
    {
        var left = _system == SystemValue.None ? source.Get(Path) : SystemValues.Get(_system, context);
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
        if (Value.Constant is not null)
        {
            right = _operator is >= Operator.Equal and <= Operator.LessOrEqual ? Value.ConstantFor(left) : Value.Constant;
            return Comparison.Compare(left, _operator, right, context);
        }

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
