#if CAMPAIGN
using AutomationCrm.Application.Data;
using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Defects on purpose, in builds of the configuration Campaign alone: a fault campaign that does not find them is worth nothing.</summary>
internal static class CampaignDefects
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("CRM_CAMPAIGN_DEFECT");

    /// <summary>Answers true when it has written completions in its own, wrong way.</summary>
    public static bool AddCompletions(BatchBuilder batch, IReadOnlyList<LaneCompletion> lanes)
    {
        if (Chosen == "no-fence") Add(batch, lanes);
        return Chosen is "no-fence" or "completion-first";
    }

    /// <summary>The lanes are finished in a transaction of its own before their work is committed.</summary>
    public static async Task CompleteBeforeCommitAsync(NpgsqlDataSource database, IReadOnlyList<LaneCompletion> lanes, CancellationToken ct)
    {
        if (Chosen != "completion-first" || lanes.Count == 0) return;

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var sql = new NpgsqlBatch(connection);
        Add(new BatchBuilder(sql), lanes);
        await sql.ExecuteNonQueryAsync(ct);
    }

    private static void Add(BatchBuilder batch, IReadOnlyList<LaneCompletion> lanes)
    {
        var done = lanes.SelectMany(l => l.DoneJobs.Select(seq => (Lane: l.Lane.Number, Seq: seq))).ToList();
        if (done.Count > 0)
            batch.Add("delete from job j using unnest($1, $2) as d(lane_id, seq) where j.lane_id = d.lane_id and j.seq = d.seq").Longs(done.Select(d => d.Lane)).Longs(done.Select(d => d.Seq));
        batch.Add("""
            update lane l set pending = l.pending - d.done, state = case when l.pending - d.done > 0 then 0 else 2 end, run_at = now(), lease_token = null, owner = null, claimed_at = null, attempts = 0
            from unnest($1, $2) as d(id, done) where l.id = d.id
            """).Longs(lanes.OrderBy(l => l.Lane.Number).Select(l => l.Lane.Number)).Ints(lanes.OrderBy(l => l.Lane.Number).Select(l => l.DoneJobs.Count));
    }
}
#endif
