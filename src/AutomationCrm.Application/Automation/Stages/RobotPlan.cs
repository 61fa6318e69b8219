using System.Text.Json;
using AutomationCrm.Expressions;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>A configured robot, parsed once per version.</summary>
/// <param name="Key">Names it across versions.</param>
/// <param name="Track">Robots joined by "after previous" share a track, the others have one each.</param>
public sealed record RobotPlan(string Key, string Type, string Name, bool Enabled, bool AfterPrevious, bool Survives, TimeSpan? Delay, StageCondition? Condition, string RawSettings, int Track, int Position)
{
    /// <summary>Settings with one value, or a list of them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Template>> Scalars { get; init; }

    public required IReadOnlySet<string> Lists { get; init; }

    /// <summary>Settings without placeholders.</summary>
    public required IReadOnlyDictionary<string, string> Constants { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Template>> Maps { get; init; }

    /// <summary>The trigger that starts its track; null for tracks that start when an item enters the stage.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Every template with the setting it stands in.</summary>
    public IEnumerable<(string Setting, Template Template)> Templates =>
        Scalars.SelectMany(s => s.Value.Select(t => (s.Key, t))).Concat(Maps.SelectMany(m => m.Value.Select(t => ($"{m.Key}.{t.Key}", t.Value))));

    internal static RobotPlan Parse(RobotConfig config, int track, int position)
    {
        var scalars = new Dictionary<string, IReadOnlyList<Template>>();
        var lists = new HashSet<string>();
        var maps = new Dictionary<string, IReadOnlyDictionary<string, Template>>();
        foreach (var setting in config.Settings.EnumerateObject())
        {
            switch (setting.Value.ValueKind)
            {
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

        return new(config.Key, config.Type, config.Name, config.Enabled, config.AfterPrevious, config.Survives, config.Delay?.Span, StageCondition.Parse(config.Condition), config.Settings.GetRawText(), track, position)
        {
            Scalars = scalars,
            Lists = lists,
            Constants = scalars.Where(s => s.Value.All(t => t.IsConstant)).ToDictionary(s => s.Key, s => string.Concat(s.Value.Select(t => t.Text))),
            Maps = maps,
            StartedBy = string.IsNullOrEmpty(config.StartedBy) ? null : config.StartedBy,
        };
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "Y",
        JsonValueKind.False => "N",
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
