using System.Text.Json;
using System.Text.Json.Serialization;
using AutomationCrm.Application.Automation.Triggers;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>A robot on a stage as it is stored and sent (contract C8).</summary>
public sealed record RobotConfig
{
    public string Key { get; init; } = "";

    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>Who switched it off; kept by saving.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DisabledMark? Disabled { get; init; }

    public bool AfterPrevious { get; init; }

    /// <summary>Goes on when the item leaves the stage.</summary>
    public bool Survives { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DelayConfig? Delay { get; init; }

    /// <summary>In the form of <see cref="Expressions.Conditions.ConditionJson"/>; evaluated when the delay is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Condition { get; init; }

    /// <summary>Without it a failure is tried again where that may help, and then parks the track as an incident.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OnErrorConfig? OnError { get; init; }

    /// <summary>The key of a trigger of this stage that does not move: the robot starts with it and not when an item enters the stage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartedBy { get; init; }

    public JsonElement Settings { get; init; } = JsonDocument.Parse("{}").RootElement;
}

public sealed record DisabledMark(long By, DateTimeOffset At);

/// <summary>The content of a stage automation version.</summary>
public sealed record StageAutomationConfig
{
    public const int DefaultUndoSeconds = 10;

    /// <summary>How long outside effects of a move made by hand are held back; 0 switches it off.</summary>
    public int UndoSeconds { get; init; } = DefaultUndoSeconds;

    /// <summary>Whether imported items meet the robots too, see <see cref="Import.Running.StartImportedJob"/>.</summary>
    public bool OnImport { get; init; }

    /// <summary>Whether an item that jumps over the stage meets the robots too, see <see cref="Dispatching.PassedStages"/>.</summary>
    public bool WhenPassed { get; init; }

    public IReadOnlyList<RobotConfig> Robots { get; init; } = [];

    public IReadOnlyList<TriggerConfig> Triggers { get; init; } = [];

    /// <summary>Of a script: names of the values its starter is asked for. A stage has none.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Parameters { get; init; } = [];
}
