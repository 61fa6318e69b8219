using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>
/// A tree of rows joined by all, any and not. Rows are taken from the left and only as far as they matter; a failure on the way ends the
/// evaluation, so a condition never matches on something unknown. Immutable and safe to share.
/// </summary>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>No rows: always holds.</summary>
    public static Condition Always { get; } = new AllCondition([]);

    /// <summary>Rows joined one after another as Bitrix24 does: AND binds tighter, each OR begins a new group; the first joiner does not matter.</summary>
    public static Condition Joined(IEnumerable<(bool IsOr, Condition Part)> rows)
    {
        var groups = new List<List<Condition>>();
        foreach (var (isOr, part) in rows)
        {
            if (isOr || groups.Count == 0) groups.Add([]);
            groups[^1].Add(part);
        }

        if (groups.Count < 2) return new AllCondition([.. groups.SelectMany(group => group)]);
        return new AnyCondition([.. groups.Select(group => group is [var single] ? single : new AllCondition([.. group]))]);
    }

    /// <summary>Whether it holds, without a record of the operands.</summary>
    public Verdict Holds(IValueSource source, EvaluationContext context) => Test(source, context, null);

    /// <summary>Whether it holds, and each row with the operand values it saw.</summary>
    public ConditionOutcome Evaluate(IValueSource source, EvaluationContext context)
    {
        var trace = new Trace();
        var verdict = Test(source, context, trace);
        return new ConditionOutcome(verdict, trace.Finish(this));
    }

    /// <summary>Every row of the tree, from the left.</summary>
    public IEnumerable<ConditionRow> Rows => this switch
    {
        ConditionRow row => [row],
        AllCondition all => all.Parts.SelectMany(part => part.Rows),
        AnyCondition any => any.Parts.SelectMany(part => part.Rows),
        NotCondition not => not.Part.Rows,
        _ => [],
    };

    /// <summary>The paths the rows ask of the source, each once.</summary>
    public IEnumerable<string> References =>
        Rows.SelectMany(row => row.Reads).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The paths that are not known, each as a failure; to be shown when the condition is saved.</summary>
    public ImmutableArray<Failure> Check(Predicate<string> isKnown) =>
        [.. References.Where(path => !isKnown(path)).Select(path => Failure.Of(FailureCodes.UnknownReference, 0, 0, path))];

    internal abstract Verdict Test(IValueSource source, EvaluationContext context, Trace? trace);
}

/// <summary>AND: every part holds; holds without parts.</summary>
public sealed record AllCondition(ImmutableArray<Condition> Parts) : Condition
{
    internal override Verdict Test(IValueSource source, EvaluationContext context, Trace? trace)
    {
        foreach (var part in Parts)
        {
            var verdict = part.Test(source, context, trace);
            if (!verdict.Holds) return verdict;
        }

        return Verdict.Of(true);
    }
}

/// <summary>OR: at least one part holds; does not hold without parts.</summary>
public sealed record AnyCondition(ImmutableArray<Condition> Parts) : Condition
{
    internal override Verdict Test(IValueSource source, EvaluationContext context, Trace? trace)
    {
        foreach (var part in Parts)
        {
            var verdict = part.Test(source, context, trace);
            if (verdict.Holds || verdict.Failure is not null) return verdict;
        }

        return Verdict.Of(false);
    }
}

/// <summary>NOT; a failure stays a failure.</summary>
public sealed record NotCondition(Condition Part) : Condition
{
    internal override Verdict Test(IValueSource source, EvaluationContext context, Trace? trace)
    {
        var verdict = Part.Test(source, context, trace);
        return verdict.Failure is null ? Verdict.Of(!verdict.Holds) : verdict;
    }
}
