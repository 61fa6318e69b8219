namespace AutomationCrm.Domain.Crm.Pipelines;

/// <summary>What becomes of a move to a stage whose required fields are empty.</summary>
public enum GatePolicy
{
    /// <summary>It goes through, as in Bitrix24.</summary>
    Ignore,

    /// <summary>It goes through, and the timeline names what was missing.</summary>
    Warn,

    /// <summary>It is refused.</summary>
    Enforce,
}

/// <summary>A field that must be filled on a range of a pipeline's stages.</summary>
/// <param name="Field">Its code.</param>
/// <param name="FromStage">The first stage that requires it.</param>
/// <param name="ToStage">The last one, in the pipeline's order; the same for a single stage.</param>
public sealed record RequiredField(string Field, string FromStage, string ToStage);

/// <summary>What the stages of a pipeline require, and of whom. People are always asked.</summary>
public sealed record StageGates
{
    public static StageGates None { get; } = new();

    public IReadOnlyList<RequiredField> Required { get; init; } = [];

    /// <summary>Moves and changes by REST and by public forms.</summary>
    public GatePolicy Programs { get; init; }

    /// <summary>Moves and changes by robots and triggers.</summary>
    public GatePolicy Automation { get; init; }

    /// <summary>The codes of the fields that a stage requires; a range whose stages are gone requires nothing.</summary>
    public IReadOnlyList<string> On(Pipeline pipeline, string stageId)
    {
        if (Required.Count == 0) return [];

        var order = pipeline.Stages.Select((stage, position) => (stage.Id, position)).ToDictionary(s => s.Id, s => s.position);
        if (!order.TryGetValue(stageId, out var here)) return [];
        return [.. Required.Where(r => order.TryGetValue(r.FromStage, out var from) && order.TryGetValue(r.ToStage, out var to) && from <= here && here <= to).Select(r => r.Field).Distinct()];
    }
}
