using AutomationCrm.Application.Automation.Effects;
using Npgsql;

namespace AutomationCrm.Campaign;

/// <summary>
/// What explains a repeated call, by the ledger's clock: leases that ran out, because of a fault or because the machine was too slow to
/// renew them, and attempts that the product itself has recorded as failed.
/// </summary>
internal sealed class Interruptions(IReadOnlyList<double> leases, ILookup<Guid, double> failures, TimeSpan lease)
{
    public int Leases => leases.Count;

    /// <summary>Before it nothing may be repeated.</summary>
    public double First { get; } = leases.Concat(failures.SelectMany(f => f)).DefaultIfEmpty(double.MaxValue).Min();

    /// <summary>A node that has lost its lease had at most so many calls to one destination under way.</summary>
    public int MostRepeats { get; } = (leases.Count * DestinationGate.MostAtOnce) + failures.Sum(f => f.Count());

    /// <param name="ledger">Of the run; both nodes have ended by now.</param>
    public static async Task<Interruptions> ReadAsync(NpgsqlDataSource database, Ledger ledger, CampaignOptions options)
    {
        // A node that ends in order says so; each other row is a lease that ran out.
        var leases = await MomentsAsync(database, ledger, "select null::uuid, lease_until from node where stopped_at is null");
        var failures = await MomentsAsync(database, ledger, "select effect_key, started_at from delivery_attempt where error is not null");
        return new([.. leases.Select(l => l.At)], failures.ToLookup(f => f.Key!.Value, f => f.At), TimeSpan.FromSeconds(options.LeaseSeconds));
    }

    /// <summary>Whether the sender of <paramref name="first"/> had lost its lease or given up by the time of <paramref name="second"/>.</summary>
    public bool Explain(LedgerLine first, LedgerLine second) =>
        failures[first.Id].Any(at => at < second.At) || leases.Any(at => at < second.At && at > first.At - lease.TotalMilliseconds);

    private static async Task<List<(Guid? Key, double At)>> MomentsAsync(NpgsqlDataSource database, Ledger ledger, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var moments = new List<(Guid?, double)>();
        while (await reader.ReadAsync()) moments.Add((await reader.IsDBNullAsync(0) ? null : reader.GetGuid(0), ledger.At(reader.GetDateTime(1))));
        return moments;
    }
}
