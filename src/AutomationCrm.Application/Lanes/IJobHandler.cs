namespace AutomationCrm.Application.Lanes;

/// <summary>Does jobs of one kind inside a lane. It changes state through the unit of work only; the executor commits.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>Loads what the jobs of a batch need, with a few questions for all of them.</summary>
    Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct);

    Task RunAsync(Job job, CancellationToken ct);

    /// <summary>Records that the job's first step cannot be written; called in a transaction of its own.</summary>
    Task FailAsync(Job job, string message, CancellationToken ct);
}
