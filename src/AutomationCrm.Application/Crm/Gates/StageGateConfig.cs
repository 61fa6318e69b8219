using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Crm.Gates;

/// <summary>How <see cref="StageGates"/> are kept: a version of kind <c>stage-gates</c> per pipeline, <c>{"required":[{"field","fromStage","toStage"}],"programs":"ignore|warn|enforce","automation":…}</c>.</summary>
public static class StageGateConfig
{
    public const string ConfigKind = "stage-gates";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) } };

    public static string KeyOf(int typeId, int pipelineId) => string.Create(CultureInfo.InvariantCulture, $"{typeId}:{pipelineId}");

    internal static StageGates Parse(string content) => JsonSerializer.Deserialize<StageGates>(content, Json) ?? StageGates.None;
}
