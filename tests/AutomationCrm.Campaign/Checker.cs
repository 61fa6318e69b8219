using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AutomationCrm.Application.Automation.Effects;
using Npgsql;

namespace AutomationCrm.Campaign;

/// <summary>Holds the ledger against the database and names every invariant that does not hold.</summary>
internal sealed class Checker(NpgsqlDataSource database, ImmutableArray<LedgerLine> ledger, Findings found)
{
    public async Task RunAsync(Interruptions interruptions)
    {
        await CheckCommandsAsync();
        foreach (var (invariant, what, sql) in DatabaseChecks.All) found.None(invariant, what, await RowsAsync(sql));
        found.Note($"incidents: {string.Join(", ", await RowsAsync("select code || ' ' || count(*) from incident group by code union all select 'none' where not exists (select 1 from incident)"))}");
        await CheckEffectsAsync(interruptions);
        await CheckTrackOrderAsync();
    }

    /// <summary>I2 alone, while some commands are still unacknowledged: each is there whole or not at all.</summary>
    public async Task CheckWholeAsync()
    {
        foreach (var (invariant, what, sql) in DatabaseChecks.Whole) found.None(invariant, what, await RowsAsync(sql));
    }

    /// <summary>I1, I2, I3: every acknowledged command has exactly its one event, repeats had the same answer.</summary>
    private async Task CheckCommandsAsync()
    {
        var webhook = (await RowsAsync("select id::text from webhook"))[0];
        var events = (await RowsAsync("select command_id || ' ' || item_id || ' ' || coalesce(changes->'COMMENTS'->>'new', '') from event where command_id is not null"))
            .Select(row => row.Split(' ')).ToLookup(row => Guid.Parse(row[0]), row => (Deal: long.Parse(row[1], CultureInfo.InvariantCulture), Comment: row[2]));
        var acknowledged = ledger.Where(l => l.Kind == "acknowledged").ToList();
        var sent = ledger.Where(l => l.Kind == "sent").DistinctBy(l => l.Id).ToList();
        found.Note($"{sent.Count} commands, {acknowledged.Count} acknowledged, {ledger.Count(l => l.Kind == "repeated")} repeated on purpose, {ledger.Count(l => l.Kind is "lost" or "refused")} answers lost");
        found.None("I1", "acknowledged commands without their event", [.. acknowledged.Where(a => !events[Stored(a.Id, webhook)].Any(e => e.Deal == a.Deal && e.Comment == a.Id.ToString("D"))).Select(Describe)]);
        found.None("I3", "commands with more than one event", [.. sent.Where(s => events[Stored(s.Id, webhook)].Count() > 1).Select(Describe)]);
        found.None("I1", "commands that were never acknowledged", [.. sent.ExceptBy(acknowledged.Select(a => a.Id), s => s.Id).Select(Describe)]);
        var answers = acknowledged.ToDictionary(a => a.Id, a => a.Text);
        found.None("I3", "repeats with another answer", [.. ledger.Where(l => l.Kind == "repeated" && answers.GetValueOrDefault(l.Id) != l.Text).Select(Describe)]);
        var known = sent.Select(s => Stored(s.Id, webhook)).ToHashSet();
        found.None("I2", "events of commands that nobody sent", [.. events.Select(e => e.Key).Where(id => !known.Contains(id))]);
    }

    /// <summary>I6, I7: what was delivered has arrived; what arrived twice did so with one key and one body, and only because of faults or of a machine that was slow.</summary>
    private async Task CheckEffectsAsync(Interruptions interruptions)
    {
        var arrivals = ledger.Where(l => l.Kind == "effect").ToLookup(l => l.Id);
        var deliveries = (await RowsAsync("select effect_key || ' ' || state from delivery")).Select(row => row.Split(' ')).ToDictionary(row => Guid.Parse(row[0]), row => row[1]);
        var delivered = ((int)DeliveryState.Delivered).ToString(CultureInfo.InvariantCulture);
        found.None("I6", "effects marked delivered that never arrived", [.. deliveries.Where(d => d.Value == delivered && !arrivals.Contains(d.Key)).Select(d => d.Key)]);
        found.None("I6", "effects that arrived without a committed delivery", [.. arrivals.Where(a => !deliveries.ContainsKey(a.Key)).Select(a => a.Key)]);
        found.None("I7", "repeated effects with another body", [.. arrivals.Where(a => a.Select(l => l.Text + l.Stage).Distinct().Count() > 1).Select(a => a.Key)]);

        var faults = ledger.Where(l => l.Kind == "fault" && l.Text != "thaw").ToList();
        var duplicates = arrivals.SelectMany(a => a.OrderBy(l => l.At).Skip(1)).ToList();
        found.Note($"{faults.Count} faults, {interruptions.Leases} leases ran out, {arrivals.Count} effects, {duplicates.Count} of them repeated");
        found.None("I7", "repeated effects before any lease ran out or attempt failed", [.. duplicates.Where(d => d.At < interruptions.First).Select(d => d.Id)]);
        found.AtMost("I7", "repeated effects", duplicates.Count, interruptions.MostRepeats);
        found.None("I9", "effects that were under way twice at once, though no lease had run out", [.. arrivals.Where(a => Overlap([.. a.OrderBy(l => l.At)], interruptions)).Select(a => a.Key)]);
    }

    /// <summary>I9: within a track an effect begins after the one before it was answered for the first time.</summary>
    private async Task CheckTrackOrderAsync()
    {
        var calls = ledger.Where(l => l.Kind == "effect").GroupBy(l => l.Id).ToDictionary(g => g.Key, g => (Begun: g.Min(l => l.At), Answered: g.Min(l => l.End)));
        var pairs = await RowsAsync("""
            select a.effect_key || ' ' || b.effect_key from robot_run a join robot_run b on b.run_id = a.run_id and b.track = a.track and b.position = a.position + 1
            where a.effect_key is not null and b.effect_key is not null
            """);
        found.None("I9", "effects that began before the one ahead of them was answered", [.. pairs.Select(p => p.Split(' ')).Where(p =>
            calls.TryGetValue(Guid.Parse(p[1]), out var later) && (!calls.TryGetValue(Guid.Parse(p[0]), out var earlier) || later.Begun < earlier.Answered)).Select(p => p[1])]);
    }

    private async Task<List<string>> RowsAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 120;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(await reader.IsDBNullAsync(0) ? "" : reader.GetString(0));
        return rows;
    }

    private static bool Overlap(IReadOnlyList<LedgerLine> arrivals, Interruptions interruptions) =>
        arrivals.Zip(arrivals.Skip(1)).Any(pair => pair.Second.At < pair.First.End && !interruptions.Explain(pair.First, pair.Second));

    private static string Describe(LedgerLine line) => $"{line.Id} of deal {line.Deal}";

    /// <summary>The id under which the product keeps a client's id: made for one webhook and one method (docs/reliability.md).</summary>
    private static Guid Stored(Guid id, string webhook)
    {
        var hash = SHA256.HashData([.. id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes($"{webhook} crm.deal.update")]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
