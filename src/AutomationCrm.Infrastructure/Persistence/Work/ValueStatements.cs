using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>New values of global values: their rows are locked, so the last one of the unit is written and all are remembered.</summary>
internal static class ValueStatements
{
    public const string Lock = "select code, value::text, version from global_value where upper(code) = upper($1) for update";

    public const string NextInTurn =
        "insert into turn as t (series, position) values ($1, 0) on conflict (series) do update set position = t.position + 1 returning position";

    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.StampRaises.Count > 0) batch.Add("update configuration_stamp set value = value + 1");
        if (changes.GlobalValues is not { Count: > 0 } all) return;

        var last = all.GroupBy(g => g.Code).Select(g => g.Last()).OrderBy(g => g.Code, StringComparer.Ordinal).ToList();
        batch.Add("""
            update global_value g set value = d.value, version = d.version, updated_at = d.at, updated_by = d.actor_id
            from unnest($1, $2, $3, $4, $5) as d(code, version, value, at, actor_id) where g.code = d.code
            """)
            .Texts(last.Select(g => g.Code)).Longs(last.Select(g => g.Version)).Jsons(last.Select(g => g.Value)).Times(last.Select(g => g.At)).Longs(last.Select(g => g.ActorId));
        batch.Add("""
            insert into global_value_change (code, version, value, at, actor_id, run_id, robot_run_id)
            select * from unnest($1, $2, $3, $4, $5, $6, $7)
            """)
            .Texts(all.Select(g => g.Code)).Longs(all.Select(g => g.Version)).Jsons(all.Select(g => g.Value)).Times(all.Select(g => g.At)).Longs(all.Select(g => g.ActorId))
            .MaybeLongs(all.Select(g => g.RunId)).MaybeLongs(all.Select(g => g.RobotRunId));
    }
}
