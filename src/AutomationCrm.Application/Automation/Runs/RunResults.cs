using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Results of robots: stored as JSON, read back by the kinds that the robot declares.</summary>
internal sealed class RunResults(RunMemory memory, RobotCatalogue robots)
{
    /// <summary>A result of an earlier robot of the run by its key and name; null when there is none.</summary>
    public Func<string, string, Value?> Of(Run run) => (robotKey, name) =>
    {
        if (memory.RobotRunsOf(run.Id).LastOrDefault(r => r.RobotKey == robotKey) is not { Results: { } results } found) return null;

        using var json = JsonDocument.Parse(results);
        return json.RootElement.TryGetProperty(name, out var result) ? Typed(found, name, result) : null;
    };

    public WaitAnswer Answer(RobotRun robotRun, TrackJob job)
    {
        var facts = job.Facts is { ValueKind: JsonValueKind.Object } given ? TypedJson.ReadMap(given.GetRawText()) : [];
        return new(job.Resume == Resume.Woken ? job.Signal ?? "" : null, facts, All(robotRun));
    }

    public static string ToJson(IReadOnlyDictionary<string, Value> results)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in results)
            {
                json.WritePropertyName(name);
                ValueJson.Write(json, value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private Dictionary<string, Value> All(RobotRun robotRun)
    {
        if (robotRun.Results is not { } results) return [];

        using var json = JsonDocument.Parse(results);
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Typed(robotRun, p.Name, p.Value));
    }

    // The robot says what kind its result is of; without a word about it the JSON decides.
    private Value Typed(RobotRun robotRun, string name, JsonElement result) =>
        robots.Find(robotRun.RobotType) is { } robot && RobotResults.Find(robot, robotRun.RawSettings, name) is { } field ? ValueJson.Read(result, field) : Read(result);

    private static Value Read(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(result.GetDecimal()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.String => Value.Of(result.GetString()),
        JsonValueKind.Array => Value.Of(result.EnumerateArray().Select(Read)),
        _ => Value.Null,
    };
}
