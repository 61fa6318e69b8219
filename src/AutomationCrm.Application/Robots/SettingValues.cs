using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>A robot's settings with all placeholders filled in.</summary>
/// <param name="Scalars">By setting name; lists are <see cref="ListValue"/>.</param>
/// <param name="Maps">Settings that are maps: field values, headers.</param>
public sealed record SettingValues(IReadOnlyDictionary<string, Value> Scalars, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Value>> Maps)
{
    /// <summary>Settings that are conditions, by setting name.</summary>
    public IReadOnlyDictionary<string, Condition> Conditions { get; init; } = new Dictionary<string, Condition>();

    public static SettingValues Empty { get; } = new(new Dictionary<string, Value>(), new Dictionary<string, IReadOnlyDictionary<string, Value>>());
}
