using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Gives robots keys that are free on their new stage; what refers to a renamed robot's results follows.</summary>
internal static class KeyRenamer
{
    public static IReadOnlyList<RobotConfig> Fit(IReadOnlyList<RobotConfig> robots, IEnumerable<RobotConfig> present)
    {
        var taken = present.Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var robot in robots)
        {
            if (taken.Add(robot.Key)) continue;
            var key = robot.Key;
            for (var n = 2; !taken.Add(key); n++) key = $"{robot.Key}_{n}";
            renamed[robot.Key] = key;
        }

        return renamed.Count == 0 ? robots : [.. robots.Select(r => Rename(r, renamed))];
    }

    private static RobotConfig Rename(RobotConfig robot, Dictionary<string, string> renamed)
    {
        var node = ConfigJson.Node(robot);
        var changed = ConfigJson.Map(node, text => renamed.Aggregate(text, (now, key) => Replace(now, key.Key, key.Value)))!.AsObject();
        changed["key"] = renamed.GetValueOrDefault(robot.Key, robot.Key);
        return ConfigJson.Robot(changed);
    }

    /// <summary>In placeholders, and in conditions, where a path stands alone.</summary>
    private static string Replace(string text, string from, string to) =>
        text.StartsWith($"{from}:", StringComparison.Ordinal) ? to + text[from.Length..] : text.Replace($"{{={from}:", $"{{={to}:", StringComparison.Ordinal);
}

/// <summary>Stage automations as the JSON they are stored and sent as, so that editing carries every part along, also parts it does not know.</summary>
internal static class ConfigJson
{
    public static JsonObject Node(RobotConfig robot) => JsonSerializer.SerializeToNode(robot, StageAutomation.Json)!.AsObject();

    public static JsonObject Node(StageAutomationConfig config) => JsonSerializer.SerializeToNode(config, StageAutomation.Json)!.AsObject();

    public static RobotConfig Robot(JsonObject node) => node.Deserialize<RobotConfig>(StageAutomation.Json)!;

    public static StageAutomationConfig Config(JsonObject node) => node.Deserialize<StageAutomationConfig>(StageAutomation.Json)!;

    /// <summary>A copy with every text replaced; names stay.</summary>
    public static JsonNode? Map(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Map(p.Value, change)))),
        JsonArray list => new JsonArray([.. list.Select(n => Map(n, change))]),
        JsonValue value when value.TryGetValue<string>(out var text) => change(text),
        _ => node?.DeepClone(),
    };
}
