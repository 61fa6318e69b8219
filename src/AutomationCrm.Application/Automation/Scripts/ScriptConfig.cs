using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>A list of robots that people start by hand on chosen items.</summary>
public sealed record Script(long Id, int TypeId, int Version, ScriptConfig Config, long AuthorId, DateTimeOffset At);

/// <summary>The content of a script's version (config kind "script").</summary>
public sealed record ScriptConfig
{
    public const string ConfigKind = "script";
    public const int NameMaxLength = 200;

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public bool Enabled { get; init; } = true;

    public IReadOnlyList<ScriptParameter> Parameters { get; init; } = [];

    public IReadOnlyList<RobotConfig> Robots { get; init; } = [];

    public static string KeyOf(int typeId, long id) => string.Create(CultureInfo.InvariantCulture, $"{typeId}:{id}");

    public static ScriptConfig Parse(string content) => JsonSerializer.Deserialize<ScriptConfig>(content, StageAutomation.Json) ?? new();

    public string Write() => JsonSerializer.Serialize(this, StageAutomation.Json);

    /// <summary>Its robots as a stage's automation, for checks and texts.</summary>
    public StageAutomationConfig AsStage() => new() { Robots = Robots, Parameters = [.. Parameters.Select(p => p.Name)] };
}

/// <summary>What the starter is asked for; robots read it as <c>{=Template:Name}</c>.</summary>
/// <param name="Name">Latin letters, digits and underscores.</param>
/// <param name="Kind">Text, LongText, Number, Date, Boolean or User.</param>
public sealed record ScriptParameter(string Name, string Title, FieldKind Kind, bool Required, string Default = "");
