namespace AutomationCrm.Application.Lanes;

/// <summary>Same-node hand-over: whoever has just committed work wakes the workers, so that they need not wait for their next look.</summary>
public sealed class Wakeup : IDisposable
{
    private readonly SemaphoreSlim signal = new(0);

    public void Ring()
    {
        // A few pending rings are as good as many.
        if (signal.CurrentCount < 8) signal.Release();
    }

    /// <summary>Waits for a ring or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan most, CancellationToken ct) => await signal.WaitAsync(most, ct);

    public void Dispose() => signal.Dispose();
}

/// <summary>Wakes the lane workers.</summary>
public sealed class LaneWakeup
{
    public Wakeup Lanes { get; } = new();

    public Wakeup Deliveries { get; } = new();
}
