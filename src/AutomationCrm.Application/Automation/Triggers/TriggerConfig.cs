using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A trigger on a stage as it is stored and sent.</summary>
public sealed record TriggerConfig
{
    public const string System = "system";
    public const string Responsible = "responsible";
    public const string PersonPrefix = "user_";

    public string Key { get; init; } = "";

    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>The library's condition (<c>all</c>, <c>any</c>, <c>not</c>, rows).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Condition { get; init; }

    /// <summary>Also moves items that stand on this stage or behind it.</summary>
    public bool AllowBackwards { get; init; }

    /// <summary>False: the item stays where it is; the robots of this stage that name this trigger in <c>startedBy</c> start (decision 0006).</summary>
    public bool Move { get; init; } = true;

    /// <summary>Who is the author of the move: <c>system</c>, <c>responsible</c> or <c>user_12</c>.</summary>
    public string RunAs { get; init; } = System;

    public JsonElement Settings { get; init; } = JsonDocument.Parse("{}").RootElement;
}
