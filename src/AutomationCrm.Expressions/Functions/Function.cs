using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

internal delegate Value? FunctionBody(CallNode call, Run run);

/// <summary>The body of a function that wants all its arguments; no answer means the run has failed.</summary>
internal delegate Value? PlainBody(Arguments arguments);

/// <summary>
/// One function of the calculator. <see cref="Parameters"/> names the arguments in order; the last one repeats when <see cref="Most"/>
/// exceeds their number. <see cref="Reads"/> are the paths it asks of the source by itself.
/// </summary>
internal sealed record Function(string Name, FunctionGroup Group, int Least, int Most, ImmutableArray<string> Parameters, FunctionBody Body)
{
    public const int Many = int.MaxValue;

    public ImmutableArray<string> Reads { get; init; } = [];

    /// <summary>A function without brackets, such as true.</summary>
    public bool IsWord { get; init; }

    public static Function Of(string name, FunctionGroup group, int least, int most, ImmutableArray<string> parameters, PlainBody body) =>
        new(name, group, least, most, parameters, (call, run) => Functions.Arguments.Evaluate(call, run) is { } values ? body(new Arguments(call, values, run)) : null);
}
