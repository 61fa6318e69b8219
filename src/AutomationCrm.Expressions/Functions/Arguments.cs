using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

/// <summary>The evaluated arguments of a call; a typed reader that answers null has told the run why.</summary>
internal readonly struct Arguments(CallNode call, Value[] values, Run run)
{
    public CallNode Call { get; } = call;

    public Run Run { get; } = run;

    public int Count => values.Length;

    public EvaluationContext Context => Run.Context;

    public Value this[int index] => values[index];

    public static Value[]? Evaluate(CallNode call, Run run)
    {
        var values = new Value[call.Arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (call.Arguments[i].Evaluate(run) is not { } value) return null;
            values[i] = value;
        }

        return values;
    }

    public Node Node(int index) => Call.Arguments[index];

    public bool Has(int index) => index < Count;

    public string? Text(int index) => Run.Text(values[index], Node(index));

    public string? Text(int index, string otherwise) => Has(index) ? Text(index) : otherwise;

    public decimal? Number(int index) => Amount.Read(values[index], Node(index), Run)?.Number;

    /// <summary>A whole number between two bounds.</summary>
    public int? Whole(int index, int least, int most)
    {
        if (Number(index) is not { } number) return null;
        if (number == decimal.Truncate(number) && number >= least && number <= most) return (int)number;
        Run.Fail(FailureCodes.WholeNumber, Node(index), Call.Function.Name, Run.Invariant(least), Run.Invariant(most));
        return null;
    }

    public int? Whole(int index, int least, int most, int otherwise) => Has(index) ? Whole(index, least, most) : otherwise;

    public DateTimeOffset? Moment(int index)
    {
        if (Moments.TryRead(values[index], Context, Context.TimeZone) is { } at) return at;
        Run.Fail(FailureCodes.NotADate, Node(index), values[index] is TextValue text ? text.Text : ValueKinds.Name(values[index]));
        return null;
    }

    /// <summary>Text made by the function, charged by its length.</summary>
    public Value? Give(string text) => Run.Grow(text.Length, Call) ? Value.Of(text) : null;

    public Value? Fail(string what) => Run.Fail(FailureCodes.BadArgument, Call, Call.Function.Name, what);

    /// <summary>Work that grows with the length of a text.</summary>
    public bool Work(long characters) => Run.Step(Call, characters / 256);
}
