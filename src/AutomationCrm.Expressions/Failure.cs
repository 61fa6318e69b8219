using System.Collections.Immutable;

namespace AutomationCrm.Expressions;

/// <summary>
/// What is wrong and where: found while reading (a problem of the template) or while evaluating.
/// <see cref="Position"/> counts characters from 0 in the template's text; <see cref="Code"/> is one of <see cref="FailureCodes"/>
/// and, with <see cref="Arguments"/>, enough to say it in another language (resource key <c>failure.{code}</c>).
/// </summary>
public sealed record Failure(string Code, int Position, int Length, ImmutableArray<string> Arguments)
{
    private const int LongestArgument = 80;

    /// <summary>The place in a larger setting, such as <c>all[1].value</c> of a condition; null for a text by itself.</summary>
    public string? Place { get; init; }

    public bool Equals(Failure? other) =>
        other is not null && Code == other.Code && Place == other.Place && Position == other.Position && Length == other.Length && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Code, Position, Length);

    public string Message => WithPlace(FailureCodes.Describe(Code, Arguments));

    public override string ToString() => $"{Code} at {Position}: {Message}";

    internal string WithPlace(string text) => Place is null ? text : $"{Place}: {text}";

    internal static Failure Of(string code, int position, int length, params ReadOnlySpan<string> arguments)
    {
        var shown = ImmutableArray.CreateBuilder<string>(arguments.Length);
        foreach (var argument in arguments)
            shown.Add(argument.Length <= LongestArgument ? argument : string.Concat(argument.AsSpan(0, LongestArgument), "…"));
        return new Failure(code, position, length, shown.MoveToImmutable());
    }
}
