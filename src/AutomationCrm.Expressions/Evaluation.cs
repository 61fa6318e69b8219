using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions;

/// <summary>The outcome of a template: a value, or a failure that says where and what. Never both.</summary>
public readonly record struct Evaluation(Value? Value, Failure? Failure)
{
    public bool Succeeded => Failure is null;

    internal static Evaluation Of(Value value) => new(value, null);

    internal static Evaluation Of(Failure failure) => new(null, failure);
}
