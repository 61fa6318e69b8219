using System.Globalization;

namespace AutomationCrm.Application.Hosting;

/// <summary>What this process is to the others: its number, its lease by its own monotonic clock.</summary>
public sealed class NodeState(TimeProvider clock)
{
    private long renewedAt;
    private TimeSpan lease;

    public int Id { get; private set; }

    public string Name { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    /// <summary>web, worker or all.</summary>
    public string Role { get; set; } = "all";

    public string Version { get; init; } = typeof(NodeState).Assembly.GetName().Version?.ToString() ?? "";

    /// <summary>Whether the lease is surely still ours; a margin covers clocks that run apart and the way of what is begun now.</summary>
    public bool HasLease => lease > TimeSpan.Zero && clock.GetElapsedTime(renewedAt) < lease * 0.8;

    /// <param name="asked">When the database was asked, by the monotonic clock: a lease runs from some moment after that, however late the answer is.</param>
    public void Joined(int id, TimeSpan length, long asked)
    {
        Id = id;
        Renewed(length, asked);
    }

    public void Renewed(TimeSpan length, long asked) => (renewedAt, lease) = (asked, length);
}
