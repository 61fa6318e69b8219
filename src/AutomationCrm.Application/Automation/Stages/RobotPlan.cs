using System.Collections.Immutable;
using System.Text.Json;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>A configured robot, parsed once per version.</summary>
/// <param name="Key">Names it across versions.</param>
/// <param name="Track">Robots joined by "after previous" share a track, the others have one each.</param>
public sealed record RobotPlan(string Key, string Type, string Name, bool Enabled, bool AfterPrevious, bool Survives, DelayPlan? Delay, Condition? Condition, string RawSettings, int Track, int Position)
{
    /// <summary>Settings with one value, or a list of them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Template>> Scalars { get; init; }

    public required IReadOnlySet<string> Lists { get; init; }

    /// <summary>Settings without placeholders.</summary>
    public required IReadOnlyDictionary<string, string> Constants { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Template>> Maps { get; init; }

    /// <summary>The trigger that starts its track; null for tracks that start when an item enters the stage.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Settings that are conditions: what a robot waits for.</summary>
    public required IReadOnlyDictionary<string, ConditionReading> Conditions { get; init; }

    /// <summary>What is wrong with the condition; it is then null and the robot fails closed.</summary>
    public ImmutableArray<Failure> ConditionProblems { get; init; } = [];

    public required OnErrorPlan OnError { get; init; }

    /// <summary>Every template of the settings with the setting it stands in.</summary>
    public IEnumerable<(string Setting, Template Template)> Templates =>
        Scalars.SelectMany(s => s.Value.Select(t => (s.Key, t))).Concat(Maps.SelectMany(m => m.Value.Select(t => ($"{m.Key}.{t.Key}", t.Value))));

    /// <summary>Every condition with the setting it stands in; the robot's own is <c>condition</c>.</summary>
    public IEnumerable<(string Setting, Condition Condition)> AllConditions =>
        Conditions.Where(c => c.Value.Condition is not null).Select(c => (c.Key, c.Value.Condition!)).Concat(Condition is null ? [] : [("condition", Condition)]);

    /// <summary>The paths that the robot's turn may ask for: condition, settings, delay.</summary>
    public IReadOnlyList<string> References => references ??=
        [.. Templates.SelectMany(t => t.Template.References).Concat(AllConditions.SelectMany(c => c.Condition.References)).Concat(Delay?.At?.References ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether it asks what the event that started the run changed.</summary>
    public bool ReadsChanges => Condition?.Rows.Any(r => r.Code == OperatorCodes.Changed) == true;

    private IReadOnlyList<string>? references;

    internal static RobotPlan Parse(RobotConfig config, int track, int position)
    {
        var scalars = new Dictionary<string, IReadOnlyList<Template>>();
        var lists = new HashSet<string>();
        var maps = new Dictionary<string, IReadOnlyDictionary<string, Template>>();
        var conditions = new Dictionary<string, ConditionReading>();
        foreach (var setting in config.Settings.EnumerateObject())
        {
            switch (setting.Value.ValueKind)
            {
                case JsonValueKind.Object when IsCondition(setting.Value):
                    conditions[setting.Name] = ConditionJson.Read(setting.Value);
                    break;
                case JsonValueKind.Object:
                    maps[setting.Name] = setting.Value.EnumerateObject().ToDictionary(p => p.Name, p => Template.Parse(TextOf(p.Value)));
                    break;
                case JsonValueKind.Array:
                    scalars[setting.Name] = [.. setting.Value.EnumerateArray().Select(e => Template.Parse(TextOf(e)))];
                    lists.Add(setting.Name);
                    break;
                default:
                    scalars[setting.Name] = [Template.Parse(TextOf(setting.Value))];
                    break;
            }
        }

        var condition = config.Condition is { ValueKind: not JsonValueKind.Null } json ? ConditionJson.Read(json) : null;
        return new(config.Key, config.Type, config.Name, config.Enabled, config.AfterPrevious, config.Survives, DelayPlan.Parse(config.Delay), Meaningful(condition?.Condition), config.Settings.GetRawText(), track, position)
        {
            ConditionProblems = condition?.Problems ?? [],
            Conditions = conditions,
            OnError = OnErrorPlan.Parse(config.OnError),
            Scalars = scalars,
            Lists = lists,
            Constants = scalars.Where(s => s.Value.All(t => t.IsConstant)).ToDictionary(s => s.Key, s => string.Concat(s.Value.Select(t => t.Text))),
            Maps = maps,
            StartedBy = string.IsNullOrEmpty(config.StartedBy) ? null : config.StartedBy,
        };
    }

    // A group without rows always holds; there is nothing to evaluate and nothing to show.
    private static Condition? Meaningful(Condition? condition) => condition is AllCondition { Parts.IsEmpty: true } ? null : condition;

    // Maps hold single values, so a list or an object below all, any or not can only be a condition.
    private static bool IsCondition(JsonElement setting) =>
        setting.EnumerateObject().ToList() is [var only] && ((only.Name is "all" or "any" && only.Value.ValueKind == JsonValueKind.Array) || (only.Name == "not" && only.Value.ValueKind == JsonValueKind.Object));

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "Y",
        JsonValueKind.False => "N",
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
