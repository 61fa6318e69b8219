using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.Triggers;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>One version of the robots of a stage, ready to run: tracks of robots in order.</summary>
public sealed class StageAutomation
{
    public const string ConfigKind = "stage-automation";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 32 };

    private StageAutomation(int version, StageAutomationConfig config, IReadOnlyList<IReadOnlyList<RobotPlan>> tracks) =>
        (Version, Config, Tracks) = (version, config, tracks);

    public int Version { get; }

    public StageAutomationConfig Config { get; }

    public IReadOnlyList<IReadOnlyList<RobotPlan>> Tracks { get; }

    /// <summary>Names of the variables that its robots set: their setting <c>variable</c>.</summary>
    public IReadOnlySet<string> Variables => variables ??= VariablesOf(Config);

    private IReadOnlySet<string>? variables;

    public static IReadOnlySet<string> VariablesOf(StageAutomationConfig config) =>
        config.Robots
            .Select(r => r.Settings.ValueKind == JsonValueKind.Object && r.Settings.TryGetProperty("variable", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "")
            .Where(n => n.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public int RobotCount => Config.Robots.Count;

    public IReadOnlyList<TriggerPlan> Triggers { get; private init; } = [];

    /// <summary>The tracks that a trigger starts, or with null those that start when an item enters the stage, or jumps over it.</summary>
    public IEnumerable<int> TracksOf(string? startedBy)
    {
        var starter = startedBy == PassedStages.Starter ? null : startedBy;
        return Enumerable.Range(0, Tracks.Count).Where(t => Tracks[t][0].StartedBy == starter);
    }

    /// <summary>How many robots they have.</summary>
    public int CountOf(string? startedBy) => TracksOf(startedBy).Sum(t => Tracks[t].Count);

    public static string KeyOf(int typeId, string stageId) => string.Create(CultureInfo.InvariantCulture, $"{typeId}:{stageId}");

    public static StageAutomation Parse(int version, string content) =>
        Compile(version, JsonSerializer.Deserialize<StageAutomationConfig>(content, Json) ?? new());

    public static StageAutomation Compile(int version, StageAutomationConfig config)
    {
        var tracks = new List<List<RobotPlan>>();
        foreach (var robot in config.Robots)
        {
            var starter = string.IsNullOrEmpty(robot.StartedBy) ? null : robot.StartedBy;
            if (!robot.AfterPrevious || tracks.Count == 0 || tracks[^1][0].StartedBy != starter) tracks.Add([]);
            tracks[^1].Add(RobotPlan.Parse(robot, tracks.Count - 1, tracks[^1].Count));
        }

        return new(version, config, tracks) { Triggers = [.. config.Triggers.Select(TriggerPlan.Parse)] };
    }
}
