namespace AutomationCrm.Application.Lanes;

/// <summary>How much a batch may do before it commits: at most 100 steps or 50 ms (contract C1). One per scope.</summary>
public sealed class StepBudget(TimeProvider clock)
{
    public const int MostSteps = 100;
    public static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(50);

    private long startedAt;
    private int steps;
    private int limit = int.MaxValue;

    /// <summary>Whether another step should wait for the next commit.</summary>
    public bool IsSpent => steps >= limit || (steps > 0 && clock.GetElapsedTime(startedAt) > LongestBatch);

    public void Begin(int mostSteps) => (startedAt, steps, limit) = (clock.GetTimestamp(), 0, mostSteps);

    public void Spend() => steps++;
}
