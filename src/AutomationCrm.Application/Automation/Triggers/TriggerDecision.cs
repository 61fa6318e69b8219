using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Conditions;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>One candidate and why it applied or did not.</summary>
/// <param name="Code">applied, started, trigger.disabled, trigger.elsewhere, trigger.backwards, trigger.settings, condition.false, condition.unknown or trigger.later.</param>
/// <param name="Message">The reason in English.</param>
/// <param name="Operands">What the rows of its condition saw; null when it was not asked.</param>
internal sealed record TriggerCandidate(TriggerPlace Place, string Code, string Message, ConditionOutcome? Operands = null)
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

    /// <summary>The candidates as they are kept: <c>[{"key","name","type","stageId","code","message","operands"}]</c>.</summary>
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
        json.WriteStartArray("operands");
        foreach (var row in candidate.Operands?.Rows ?? [])
        {
            json.WriteStartObject();
            json.WriteString("field", row.Row.Field);
            json.WriteString("op", row.Row.Code);
            if (row.Left is not null)
            {
                json.WritePropertyName("left");
                ValueJson.Write(json, row.Left);
            }

            if (row.Right is not null)
            {
                json.WritePropertyName("right");
                ValueJson.Write(json, row.Right);
            }

            if (row.Holds is { } holds) json.WriteBoolean("holds", holds);
            if (row.Failure is { } failure) json.WriteString("failure", failure.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
