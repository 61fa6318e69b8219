using System.Text.Json;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>One candidate and why it applied or did not.</summary>
/// <param name="Code">applied, started, trigger.disabled, trigger.elsewhere, trigger.backwards, trigger.settings, condition.false, condition.unknown or trigger.later.</param>
/// <param name="Message">The reason in English.</param>
/// <param name="Operands">Its condition with what the rows saw, as <c>ConditionRecord</c> writes it; null when it was not asked.</param>
internal sealed record TriggerCandidate(TriggerPlace Place, string Code, string Message, string? Operands = null)
{
    public const string Applied = "applied";
    public const string Started = "started";

    /// <summary>Whether the event was its event at all, so that its answer is worth keeping.</summary>
    public bool IsWorthTelling => Code is not ("trigger.settings" or "trigger.disabled");
}

/// <summary>What triggers made of an event: at most one moves the item; without a move, all matching ones of its stage start their robots.</summary>
internal sealed record TriggerDecision(TriggerEvent Event, TriggerPlace? Moves, IReadOnlyList<TriggerPlace> Starts, IReadOnlyList<TriggerCandidate> Candidates)
{
    public bool IsEmpty => Moves is null && Starts.Count == 0;

    public bool IsWorthTelling => Candidates.Any(c => c.IsWorthTelling);

    /// <summary>The candidates as they are kept: <c>[{"key","name","type","stageId","code","message","condition"}]</c>.</summary>
    public string CandidatesJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var candidate in Candidates) Write(json, candidate);
            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, TriggerCandidate candidate)
    {
        var config = candidate.Place.Plan.Config;
        json.WriteStartObject();
        json.WriteString("key", config.Key);
        json.WriteString("name", config.Name);
        json.WriteString("type", config.Type);
        json.WriteString("stageId", candidate.Place.Stage.Id);
        json.WriteString("code", candidate.Code);
        json.WriteString("message", candidate.Message);
        if (candidate.Operands is { } operands)
        {
            json.WritePropertyName("condition");
            json.WriteRawValue(operands);
        }

        json.WriteEndObject();
    }
}
