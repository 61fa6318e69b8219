using System.Text.Json.Serialization;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>
/// When the robot's turn begins: <c>{"after":"PT10M"}</c> counts from the end of the robot before it (or the item's coming), <c>{"at":"CLOSEDATE","offset":"-P1D"}</c>
/// from a date. Durations are ISO 8601; days move the wall clock, in working time they are working days.
/// </summary>
public sealed record DelayConfig
{
    public const string Now = "now";
    public const string Skip = "skip";

    public DelayConfig()
    {
    }

    public DelayConfig(string after) => After = after;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? After { get; init; }

    /// <summary>A field of the item by its code, or a text with placeholders that gives a date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? At { get; init; }

    /// <summary>Before (negative) or after the date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Offset { get; init; }

    /// <summary>The time of that day, HH:mm in the portal's zone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Time { get; init; }

    /// <summary>Counts and ends in working time by the business calendar.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WorkTime { get; init; }

    /// <summary>What to do when there is no date: <c>now</c> (as Bitrix24 does) or <c>skip</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Empty { get; init; }

    /// <summary>What to do when the moment has passed: <c>now</c> (as Bitrix24 does) or <c>skip</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Past { get; init; }

    /// <summary>Whether a waiting robot follows later changes of the date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Recompute { get; init; }
}
