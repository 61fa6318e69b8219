using AutomationCrm.Application.Data;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Lists of robots on their way through many items.</summary>
internal static class LaunchStatements
{
    private const string Insert = """
        insert into launch (id, type_id, stage_id, script_id, name, content, facts, author_id, at, state, total)
        """;

    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        foreach (var (launch, items) in changes.NewLaunches)
        {
            // Without a list: whoever stands on the stage at this moment.
            var statement = items is null
                ? batch.Add($"""
                    with l as (
                      insert into launch_item (launch_id, position, item_id)
                      select $1, row_number() over (order by id), id from item where type_id = $2 and stage_id = $3 returning 1)
                    {Insert} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (select count(*) from l))
                    """)
                : batch.Add($"{Insert} values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
            statement.With(launch.Id, NpgsqlDbType.Bigint).With(launch.TypeId, NpgsqlDbType.Integer).With(launch.StageId, NpgsqlDbType.Text).With(launch.ScriptId, NpgsqlDbType.Bigint)
                .With(launch.Name, NpgsqlDbType.Text).With(launch.Content, NpgsqlDbType.Jsonb).With(launch.Facts, NpgsqlDbType.Jsonb).With(launch.AuthorId, NpgsqlDbType.Bigint)
                .With(launch.At.UtcDateTime, NpgsqlDbType.TimestampTz).With((short)launch.State, NpgsqlDbType.Smallint);
            if (items is null) continue;

            statement.With(launch.Total, NpgsqlDbType.Integer);
            batch.Add("insert into launch_item (launch_id, position, item_id) select $1, d.position, d.id from unnest($2) with ordinality as d(id, position)")
                .With(launch.Id, NpgsqlDbType.Bigint).Longs(items);
        }

        if (changes.LaunchSteps is { Count: > 0 } steps)
            batch.Add("""
                update launch_item i set run_id = d.run_id, reason = d.reason
                from unnest($1, $2, $3, $4) as d(launch_id, position, run_id, reason) where i.launch_id = d.launch_id and i.position = d.position
                """)
                .Longs(steps.Select(s => s.LaunchId)).Ints(steps.Select(s => s.Position)).MaybeLongs(steps.Select(s => s.RunId)).Texts(steps.Select(s => s.Reason));

        if (changes.LaunchChanges is { Count: > 0 } changed)
            batch.Add("update launch l set state = d.state, finished_at = now() from unnest($1, $2) as d(id, state) where l.id = d.id and l.state = 0")
                .Longs(changed.Select(c => c.LaunchId)).Shorts(changed.Select(c => (short)c.State));
    }
}
