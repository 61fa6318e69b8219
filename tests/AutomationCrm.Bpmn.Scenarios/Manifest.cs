using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>A manifest of cases; the format is described in docs/bpmn/scenarios.md. Unknown keys are ignored.</summary>
public sealed record Manifest(List<ScenarioCase> Cases)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static Manifest Read(string path) =>
        JsonSerializer.Deserialize<Manifest>(File.ReadAllText(path), Options) ?? throw new JsonException("The manifest is empty.");
}

public sealed record ScenarioCase
{
    public string Id { get; init; } = "";

    public ScenarioSource Source { get; init; } = new();

    public List<ScenarioRun> Runs { get; init; } = [];
}

public sealed record ScenarioSource
{
    public string File { get; init; } = "";

    public List<ScenarioSource> Also { get; init; } = [];
}

public sealed record ScenarioRun
{
    [JsonPropertyName("run")]
    public string Id { get; init; } = "";

    public bool Import { get; init; }

    public List<JsonElement> Steps { get; init; } = [];

    public Expectation Expect { get; init; } = new();

    public Dictionary<string, Dictionary<string, JsonElement>> DriverScripts { get; init; } = [];

    // An import run may carry its numbers beside "import" instead of inside "expect".
    public Dictionary<string, int>? BpmnElementCounts { get; init; }

    public int? Shapes { get; init; }

    public int? Edges { get; init; }
}

public sealed record Expectation
{
    public Dictionary<string, int>? Completed { get; init; }

    public List<string>? NeverCompleted { get; init; }

    public JsonElement? CompletedSum { get; init; }

    public List<List<string>>? Order { get; init; }

    public Dictionary<string, int>? BpmnElementCounts { get; init; }

    public int? Shapes { get; init; }

    public int? Edges { get; init; }
}
