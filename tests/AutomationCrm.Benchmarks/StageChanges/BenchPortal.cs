using System.Globalization;
using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>A portal with deals and two stages of three robots each, and ways to move them all at once.</summary>
internal static class BenchPortal
{
    public const int DealType = 2;
    public static readonly string[] Stages = ["PREPARATION", "EXECUTING"];

    public static Dictionary<string, string> Settings(string connectionString, string role) => new()
    {
        ["ConnectionStrings__Crm"] = connectionString,
        ["Crm__Demo"] = "false",
        ["Crm__Role"] = role,
        ["DOTNET_ENVIRONMENT"] = "Production",
    };

    public static async Task AddDealsAsync(NpgsqlDataSource database, int deals)
    {
        await ExecuteAsync(database, """
            with i as (
              insert into item (type_id, id, version, title, pipeline_id, stage_id, semantics, responsible_id, amount, currency, amount_base, begin_date, close_date,
                created_at, created_by, updated_at, updated_by, moved_at, moved_by, data, search)
              select 2, nextval('item_id_2'), 1, 'Deal ' || n, 0, 'NEW', 'P', 1, 1000 + n, 'EUR', 1000 + n, current_date, current_date + 30,
                now(), 1, now(), 1, now(), 1, '{"COMMENTS": "As it came in."}', 'deal ' || n
              from generate_series(1, $1) n returning id)
            insert into event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, changes)
            select 2, id, 1, now(), 'added', 1, '00000000-0000-0000-0000-000000000000', 0, '{}' from i
            """, deals);
    }

    public static async Task AddRobotsAsync(RestDoor door)
    {
        foreach (var stage in Stages)
            await door.RequireAsync("automation.stage.set", new { entityTypeId = DealType, categoryId = 0, stageId = stage, robots = Robots(stage), undoSeconds = 0 });
    }

    public static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task ExecuteAsync(NpgsqlDataSource database, string sql, params IReadOnlyList<object> arguments)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 300;
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The statements of a move by REST for every deal, in one transaction: the executor finds one run of three robots in each lane.</summary>
    public static async Task QueueAllAsync(NpgsqlDataSource database, string stage, int most)
    {
        var version = await ScalarAsync<int>(database, string.Create(CultureInfo.InvariantCulture, $"select max(number) from config_version where key = '2:{stage}'"));
        await ExecuteAsync(database, """
            with i as (
              update item set version = version + 1, stage_id = $1, moved_at = now(), updated_at = now()
              where type_id = 2 and id = any(array(select id from item where type_id = 2 order by id limit $2)) returning id, version),
            e as (
              insert into event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, changes)
              select 2, id, version, now(), 'moved', 1, '00000000-0000-0000-0000-000000000000', 0, '{}' from i),
            h as (
              insert into stage_history (id, type_id, item_id, kind, pipeline_id, stage_id, semantics, at, actor_id)
              select nextval('row_id'), 2, id, 2, 0, $1, 'P', now(), 1 from i),
            r as (
              insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at)
              select nextval('row_id'), 2, id, 0, $1, $3, version, gen_random_uuid(), 0, 3, 'rest', 1, 0, 0, 3, now() from i returning id, item_id),
            l as (
              insert into lane as l (id, state, run_at, pending) select (2::bigint << 44) | id, 0, now(), 1 from i
              on conflict (id) do update set pending = l.pending + 1, state = 0, run_at = now())
            insert into job (lane_id, seq, job_kind, args) select (2::bigint << 44) | item_id, nextval('job_seq'), 'run.start', jsonb_build_object('run', id) from r
            """, stage, most, version);
        await ExecuteAsync(database, "vacuum analyze item, lane, job, run, robot_run, event");
    }

    private static object[] Robots(string stage) =>
    [
        new { key = "note", type = "change_fields", name = "Note", settings = new { fields = new { COMMENTS = $"{{=Document:TITLE}} came to {stage}." } } },
        new { key = "ask", type = "create_task", name = "Ask", settings = new { title = "Check {=Document:TITLE}", description = "Before it goes on." } },
        new { key = "tell", type = "add_comment", name = "Tell", settings = new { text = "{=Document:TITLE} is checked." } },
    ];
}
