using System.Text.Json.Serialization;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>What becomes of the track when a robot fails: <c>{"then":"ask|stop|continue","attempts":5,"pause":"PT2S"}</c>.</summary>
public sealed record OnErrorConfig
{
    /// <summary>An incident parks the track until a person decides.</summary>
    public const string Ask = "ask";

    /// <summary>The robots after it in its track do not run.</summary>
    public const string Stop = "stop";

    /// <summary>The next robot runs as if nothing had happened.</summary>
    public const string Continue = "continue";

    public string Then { get; init; } = Ask;

    /// <summary>Tries altogether where trying again may help; 1 to 20.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Attempts { get; init; }

    /// <summary>Before the second try; every further pause is twice as long, at most ten minutes or this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pause { get; init; }
}
