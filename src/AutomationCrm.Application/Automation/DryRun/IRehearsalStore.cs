namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>Opens transactions that are never committed.</summary>
public interface IRehearsalStore
{
    Task<IRehearsalTransaction> BeginAsync(CancellationToken ct);
}

/// <summary>One transaction for several scopes, one after the other; disposing it takes everything back.</summary>
public interface IRehearsalTransaction : IAsyncDisposable
{
    /// <summary>Everything that the scope reads and writes about items and runs happens in this transaction.</summary>
    Task JoinAsync(IServiceProvider scope, CancellationToken ct);

    /// <summary>Remembers the state to which <see cref="RollBackToMarkAsync"/> returns.</summary>
    Task MarkAsync(CancellationToken ct);

    Task RollBackToMarkAsync(CancellationToken ct);

    /// <summary>Whether a failure means that somebody else is at work on the same rows.</summary>
    bool IsBusy(Exception failure);
}
