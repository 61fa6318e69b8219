using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>The result of a condition with what each row saw, in the order of the tree; made to be stored with the run.</summary>
public sealed record ConditionOutcome(Verdict Verdict, ImmutableArray<RowOutcome> Rows)
{
    public bool Holds => Verdict.Holds;

    public Failure? Failure => Verdict.Failure;
}

/// <summary>
/// One row: the field's value, the value it was compared with (for "changed" the value before), and whether it held.
/// <see cref="Holds"/> is null when the row was not reached because the result was already clear.
/// </summary>
public sealed record RowOutcome(ConditionRow Row, Value? Left, Value? Right, bool? Holds, Failure? Failure);

/// <summary>Collects row outcomes while a condition is evaluated.</summary>
internal sealed class Trace
{
    private readonly List<RowOutcome> _reached = [];

    public void Add(ConditionRow row, Value? left, Value? right, Verdict verdict) =>
        _reached.Add(new RowOutcome(row, left, right, verdict.Failure is null ? verdict.Holds : null, verdict.Failure));

    /// <summary>All rows of the tree: the reached ones in their place, the others without values.</summary>
    public ImmutableArray<RowOutcome> Finish(Condition condition)
    {
        var all = ImmutableArray.CreateBuilder<RowOutcome>(_reached.Count);
        var next = 0;
        Collect(condition, all, ref next);
        return all.DrainToImmutable();
    }

    private void Collect(Condition condition, ImmutableArray<RowOutcome>.Builder all, ref int next)
    {
        switch (condition)
        {
            case AllCondition every:
                foreach (var part in every.Parts) Collect(part, all, ref next);
                break;
            case AnyCondition any:
                foreach (var part in any.Parts) Collect(part, all, ref next);
                break;
            case NotCondition not:
                Collect(not.Part, all, ref next);
                break;
            case ConditionRow row:
                // Rows are reached in the order of the tree, so the next reached one is either this row or a later one.
                var reached = next < _reached.Count && ReferenceEquals(_reached[next].Row, row);
                all.Add(reached ? _reached[next++] : new RowOutcome(row, null, null, null, null));
                break;
        }
    }
}
