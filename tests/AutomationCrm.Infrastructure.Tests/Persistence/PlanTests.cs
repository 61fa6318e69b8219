using System.Text.RegularExpressions;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Infrastructure.Persistence.Items;
using AutomationCrm.Infrastructure.Persistence.Lanes;
using AutomationCrm.Infrastructure.Persistence.Work;
using AutomationCrm.Testing;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Tests.Persistence;

/// <summary>
/// Statements of the hot path with the plans that prepared statements end up with (reference reliability-security 2.2): none of them
/// may read a whole queue table, however many rows lie in it.
/// </summary>
public sealed partial class PlanTests
{
    [Fact]
    public async Task No_statement_of_the_executor_scans_a_queue_table()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, "set plan_cache_mode = force_generic_plan");
        var filled = 0;
        foreach (var rows in (int[])[0, 1_000, 1_000_000])
        {
            await FillAsync(connection, filled, rows);
            filled = rows;
            // An empty or tiny table is read whole whatever the plan would be; what counts is that no plan has to.
            await ExecuteAsync(connection, rows < 10_000 ? "set enable_seqscan = off" : "reset enable_seqscan");
            foreach (var (name, command) in Statements())
            {
                var plan = await ExplainAsync(connection, command);
                Assert.False(QueueScan().IsMatch(plan), $"{name} with {rows} rows:\n{plan}");
            }
        }
    }

    [Fact]
    public async Task A_page_by_id_and_a_board_do_not_scan_twenty_thousand_items()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, """
            insert into item (type_id, id, version, title, pipeline_id, stage_id, semantics, responsible_id, opened, company_id, amount_base, created_at, created_by, updated_at, updated_by)
            select 2, n, 1, 'Deal ' || n, 0, (array['NEW', 'PREPARATION', 'EXECUTING', 'WON', 'LOSE'])[1 + n % 5], 'P', n % 7, true, 1 + n % 3000, n, now(), 1, now(), 1 from generate_series(1, 20000) n;
            insert into item (type_id, id, version, title, responsible_id, created_at, created_by, updated_at, updated_by) select 4, n, 1, 'Company ' || n, 1, now(), 1, now(), 1 from generate_series(1, 3000) n;
            insert into task (id, title, responsible_id, creator_id, type_id, item_id, created_at) select n, 'T', 1, 1, 2, n, now() from generate_series(1, 20000) n;
            insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at)
            select n, 2, n, 0, 'NEW', 1, 1, gen_random_uuid(), 0, 1, 'rest', 1, 0, n % 2, 0, now() from generate_series(1, 20000) n;
            insert into robot_run (id, run_id, type_id, item_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, planned_at)
            select n, n, 2, n, 0, 0, 'k', 't', 'n', 0, 1, '{}', now() from generate_series(1, 20000) n;
            """);
        await ExecuteAsync(connection, "analyze");
        await ExecuteAsync(connection, "set plan_cache_mode = force_generic_plan");

        var page = ItemReader.ListCommand(ItemType.Deal, new(ItemTypeIds.Deal, FilterNode.Compare(FieldCodes.Id, FilterOp.Greater, Expressions.Values.Value.Of(5m))) { Order = [new(FieldCodes.Id)] }, ItemScope.All);
        var board = BoardReader.CardsCommand(ItemType.Deal, new(ItemTypeIds.Deal, 0, ["NEW", "PREPARATION", "EXECUTING", "WON", "LOSE"], null, ItemScope.All, null, 20));
        var member = BoardReader.CardsCommand(ItemType.Deal, new(ItemTypeIds.Deal, 0, ["NEW", "WON"], null, new(false, 3, true), null, 20));

        foreach (var command in (NpgsqlBatchCommand[])[page, board, member])
        {
            var plan = await ExplainAsync(connection, command);
            Assert.DoesNotMatch(@"Seq Scan on (item_deal|item_company|task|run|robot_run)\b", plan);
        }
    }

    /// <summary>Every statement of claiming, firing, completing, enqueueing and sending, as it is sent.</summary>
    private static IEnumerable<(string Name, NpgsqlBatchCommand Command)> Statements()
    {
        yield return ("claim lanes", new(LaneStore.ClaimSql));
        yield return ("fire timers", new(LaneStore.FireSql));
        yield return ("claim deliveries", new(DeliveryStore.ClaimSql));
        yield return ("due deliveries", new(DeliveryStore.DueSql));
        yield return ("due deliveries elsewhere", new(DeliveryStore.DueElsewhereSql));
        yield return ("claim chosen deliveries", new(DeliveryStore.ClaimKeysSql));
        yield return ("put off deliveries", new(DeliveryStore.PutOffSql));
        var changes = new ChangeSet();
        var lane = LaneId.Of(ItemRef.Deal(1));
        changes.Add(changes.Jobs, new NewJob(lane, "kind", "{}"));
        changes.Add(changes.Timers, new NewTimer(Guid.Empty, default, lane, 1, 1, "kind", "{}"));
        changes.Add(changes.CancelledRobotRuns, new(1, Application.Automation.Runs.RobotRunState.Cancelled, "", ""));
        changes.Add(changes.CancelledDeliveries, Guid.Empty);
        changes.Add(changes.SettledDeliveries, new(Guid.Empty, default, default, 1));
        using var batch = new NpgsqlBatch();
        // Once with jobs for its own lane, once for another's.
        LaneStatements.Add(new(batch), new WorkBatch([], changes) { Lanes = [new(lane, Guid.Empty, [1])] });
        LaneStatements.Add(new(batch), new WorkBatch([], changes) { Lanes = [new(LaneId.Of(ItemRef.Deal(2)), Guid.Empty, [1])] });
        foreach (NpgsqlBatchCommand command in batch.BatchCommands) yield return (command.CommandText, command);
    }

    // One million rows in each queue: most of them for later, as they would be with a worker that has fallen behind.
    private static async Task FillAsync(NpgsqlConnection connection, int from, int to)
    {
        if (to > from)
            await ExecuteAsync(connection, $"""
                insert into lane (id, state, run_at, pending) select n, case n % 10 when 0 then 1 when 1 then 2 else 0 end, now() + n * interval '1 ms', 1 from generate_series({from + 1}, {to}) n;
                insert into job (lane_id, seq, job_kind, args) select n, n, 'kind', '{"{}"}' from generate_series({from + 1}, {to}) n;
                insert into timer (id, due_at, lane_id, robot_run_id, job_kind, args) select lpad(to_hex(n), 32, '0')::uuid, now() + n * interval '1 ms', n, n, 'kind', '{"{}"}' from generate_series({from + 1}, {to}) n;
                insert into delivery (effect_key, lane_id, type_id, item_id, run_id, robot_run_id, robot_name, effect_kind, exact, destination, request, state, due_at, created_at)
                select lpad(to_hex(n), 32, '0')::uuid, n, 2, n, n, n, 'r', 'k', false, 'd', '{"{}"}', n % 4, now() + n * interval '1 ms', now() from generate_series({from + 1}, {to}) n;
                """);
        await ExecuteAsync(connection, "analyze lane, job, timer, delivery");
    }

    // As the driver prepares it: with the types of its parameters, and planned for any of their values.
    private static async Task<string> ExplainAsync(NpgsqlConnection connection, NpgsqlBatchCommand statement)
    {
        var types = statement.Parameters.Count > 0 ? $"({string.Join(", ", statement.Parameters.Select(p => TypeName(p.NpgsqlDbType)))})" : "";
        await ExecuteAsync(connection, $"prepare statement{types} as {statement.CommandText}");
        await using var count = new NpgsqlCommand("select coalesce(array_length(parameter_types, 1), 0) from pg_prepared_statements where name = 'statement'", connection);
        var nulls = string.Join(", ", Enumerable.Repeat("null", (int)(await count.ExecuteScalarAsync())!));
        await using var command = new NpgsqlCommand($"explain execute statement{(nulls.Length > 0 ? $"({nulls})" : "")}", connection) { CommandTimeout = 60 };
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
        await ExecuteAsync(connection, "deallocate statement");
        return string.Join('\n', plan);
    }

    private static string TypeName(NpgsqlDbType type) => (type & ~NpgsqlDbType.Array) switch
    {
        NpgsqlDbType.TimestampTz => "timestamptz",
        var plain => plain.ToString().ToLowerInvariant(),
    } + (type.HasFlag(NpgsqlDbType.Array) ? "[]" : "");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"Seq Scan on (lane|job|timer|delivery)\b")]
    private static partial Regex QueueScan();
}
