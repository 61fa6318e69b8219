using System.Globalization;
using System.Text.Json;

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
    public IReadOnlySet<string> Variables => variables ??= Tracks.SelectMany(t => t).Select(p => p.Constants.GetValueOrDefault("variable", "")).Where(n => n.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private HashSet<string>? variables;

    public int RobotCount => Config.Robots.Count;

    public static string KeyOf(int typeId, string stageId) => string.Create(CultureInfo.InvariantCulture, $"{typeId}:{stageId}");

    public static StageAutomation Parse(int version, string content) =>
        Compile(version, JsonSerializer.Deserialize<StageAutomationConfig>(content, Json) ?? new());

    public static StageAutomation Compile(int version, StageAutomationConfig config)
    {
        var tracks = new List<List<RobotPlan>>();
        foreach (var robot in config.Robots)
        {
            if (!robot.AfterPrevious || tracks.Count == 0) tracks.Add([]);
            tracks[^1].Add(RobotPlan.Parse(robot, tracks.Count - 1, tracks[^1].Count));
        }

        return new(version, config, tracks);
    }
}
