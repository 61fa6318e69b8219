namespace AutomationCrm.Application.Ports;

/// <summary>Told after a commit, in memory only: wakes the executor of this node and hints at browsers. Losing it costs a poll, nothing else.</summary>
public interface IAfterCommit
{
    void Committed(bool newJobs, bool newDeliveries, IReadOnlyList<string> hints);
}

/// <summary>Lossy hints for browsers: a topic has changed, fetch it again.</summary>
public interface ILiveHints
{
    Task SendAsync(IReadOnlyList<string> topics);
}
