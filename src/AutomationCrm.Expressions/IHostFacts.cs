using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions;

/// <summary>
/// What only the host knows about a value: names, zones of people, rates, links. Every answer is optional; without one the plain form is
/// used where there is one, otherwise the evaluation fails.
/// </summary>
public interface IHostFacts
{
    /// <summary>The readable form of one value (no list) in <paramref name="form"/> (<c>printable</c>, <c>friendly</c>, <c>src</c>, <c>publink</c>, <c>shortlink</c>, <c>name</c>); <paramref name="path"/> is the field it was read from.</summary>
    string? Show(string? path, Value value, string form) => null;

    /// <summary>The time zone of a person.</summary>
    TimeZoneInfo? ZoneOf(long userId) => null;

    /// <summary>How many units of <paramref name="to"/> one unit of <paramref name="from"/> is worth (ISO 4217 codes).</summary>
    decimal? Rate(string from, string to) => null;
}

internal sealed class NoHostFacts : IHostFacts
{
    public static NoHostFacts Instance { get; } = new();
}
