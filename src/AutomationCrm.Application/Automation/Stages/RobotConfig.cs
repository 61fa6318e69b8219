using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using AutomationCrm.Application.Automation.Triggers;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>A robot on a stage as it is stored and sent (contract C8).</summary>
public sealed record RobotConfig
{
    public string Key { get; init; } = "";

    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public bool Enabled { get; init; } = true;

    public bool AfterPrevious { get; init; }

    /// <summary>Goes on when the item leaves the stage.</summary>
    public bool Survives { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DelayConfig? Delay { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConditionConfig? Condition { get; init; }

    /// <summary>The key of a trigger of this stage that does not move: the robot starts with it and not when an item enters the stage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartedBy { get; init; }

    public JsonElement Settings { get; init; } = JsonDocument.Parse("{}").RootElement;
}

/// <summary>When the robot's turn begins: <c>{"after":"PT10M"}</c>.</summary>
public sealed record DelayConfig(string After)
{
    /// <summary>Null when the text is no duration.</summary>
    [JsonIgnore]
    public TimeSpan? Span
    {
        get
        {
            try
            {
                return XmlConvert.ToTimeSpan(After);
            }
            catch (FormatException)
            {
                return null;
            }
            catch (OverflowException)
            {
                return null;
            }
        }
    }
}

/// <summary><c>{"all":[{"field":"OPPORTUNITY","op":"gt","value":"1000"}]}</c>.</summary>
public sealed record ConditionConfig(IReadOnlyList<ConditionRow> All);

public sealed record ConditionRow(string Field, string Op, string? Value);

/// <summary>The content of a stage automation version.</summary>
public sealed record StageAutomationConfig
{
    public const int DefaultUndoSeconds = 10;

    /// <summary>How long outside effects of a move made by hand are held back; 0 switches it off.</summary>
    public int UndoSeconds { get; init; } = DefaultUndoSeconds;

    public IReadOnlyList<RobotConfig> Robots { get; init; } = [];

    public IReadOnlyList<TriggerConfig> Triggers { get; init; } = [];
}
