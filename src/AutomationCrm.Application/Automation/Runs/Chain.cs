namespace AutomationCrm.Application.Automation.Runs;

/// <summary>The shared counter of a chain of causes, kept from its second generation on.</summary>
public sealed class Chain
{
    public Guid Id { get; init; }

    public int Robots { get; set; }

    public DateTimeOffset StartedAt { get; init; }
}
