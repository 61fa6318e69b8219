namespace AutomationCrm.Expressions.Conditions;

/// <summary>Whether a comparison or a condition holds; with a failure it does not hold and the reason is told.</summary>
public readonly record struct Verdict(bool Holds, Failure? Failure)
{
    internal static Verdict Of(bool holds) => new(holds, null);

    internal static Verdict Of(Failure failure) => new(false, failure);
}
