namespace AutomationCrm.Bpmn.Markup;

/// <summary>How much XML one file may hold; sizes in characters, the rest in counts (attack list A3).</summary>
public sealed record XmlLimits
{
    public static XmlLimits Default { get; } = new();

    public long Characters { get; init; } = 5_000_000;

    public int Depth { get; init; } = 64;

    public int Elements { get; init; } = 100_000;

    public int Attributes { get; init; } = 200_000;
}
