using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>
/// What a stage change costs at least: Kestrel alone, the item read, and the rows of a move written by hand in one batch with
/// prepared statements. No checks, no rights, no envelope.
/// </summary>
internal static class BareEndpoint
{
    private const string Update = """
        with u as (
          update item set version = $3, stage_id = $4, semantics = 'P', closed = false, updated_at = $5, updated_by = 1, moved_at = $5, moved_by = 1
          where type_id = 2 and id = $1 and version = $2 returning 1)
        select expect_rows((select count(*) from u), 1, 'CR001')
        """;

    private static long lastId = 1L << 40;

    public static async Task<int> RunAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, MaxPoolSize = 40, NoResetOnClose = true });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/health/live", () => "ok");
        app.MapPost("/{**path}", context => MoveAsync(context, database));
        await app.RunAsync();
        return 0;
    }

    private static async Task MoveAsync(HttpContext context, NpgsqlDataSource database)
    {
        var (id, stage) = await ReadAsync(context);
        await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
        var (version, from, amount, config) = await LoadAsync(connection, id, stage);
        await WriteAsync(connection, new(id, version, from, stage, amount, config));
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync("{\"result\":true}"u8.ToArray(), context.RequestAborted);
    }

    private static async Task<(long Id, string Stage)> ReadAsync(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        return (json.RootElement.GetProperty("id").GetInt64(), json.RootElement.GetProperty("fields").GetProperty("STAGE_ID").GetString()!);
    }

    private static async Task<(long Version, string From, decimal Amount, int Config)> LoadAsync(NpgsqlConnection connection, long id, string stage)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select value from configuration_stamp"));
        Add(batch, """
            select type_id, id, version, title, pipeline_id, stage_id, semantics::text, closed, responsible_id, opened, company_id, contact_id, amount, currency, amount_base,
              begin_date, close_date, created_at, created_by, updated_at, updated_by, moved_at, moved_by, data
            from item where type_id = 2 and id = $1
            """, id);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(2), reader.GetString(5), reader.GetDecimal(14), stage.Length > 0 ? 1 : 0);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, Move move)
    {
        var (run, history, now) = (Interlocked.Increment(ref lastId), Interlocked.Increment(ref lastId), TimeProvider.System.GetUtcNow().UtcDateTime);
        var lane = (2L << 44) | move.Id;
        var changes = $$$"""{"STAGE_ID":{"old":"{{{move.From}}}","new":"{{{move.To}}}"},"UPDATED_TIME":{"old":"2026-01-01T00:00:00.000000Z","new":"2026-01-01T00:00:00.000000Z"}}""";
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, Update, move.Id, move.Version, move.Version + 1, move.To, now);
        Add(batch, "insert into event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, changes) values (2, $1, $2, $3, 'moved', 1, $4, 0, $5)", move.Id, move.Version + 1, now, Guid.Empty, new Json(changes));
        Add(batch, "insert into stage_history (id, type_id, item_id, kind, pipeline_id, stage_id, semantics, at, actor_id, depth) values ($1, 2, $2, 2, 0, $3, 'P', $4, 1, 0)", history, move.Id, move.To, now);
        Add(batch, "insert into stage_total_delta (type_id, pipeline_id, stage_id, items, amount) values (2, 0, $1, -1, $3), (2, 0, $2, 1, $4)", move.From, move.To, -move.Amount, move.Amount);
        Add(batch, """
            insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, from_stage_id, state, open_tracks, started_at)
            values ($1, 2, $2, 0, $3, $4, $5, $6, 0, 3, 'rest', 1, 0, $7, 0, 3, $8)
            """, run, move.Id, move.To, move.Config, move.Version + 1, Guid.CreateVersion7(), move.From, now);
        Add(batch, """
            insert into lane as l (id, state, run_at, pending) values ($1, 0, now(), 1)
            on conflict (id) do update set pending = l.pending + 1, state = case when l.state = 1 then 1 else 0 end, run_at = case when l.state = 0 then least(l.run_at, excluded.run_at) else excluded.run_at end
            """, lane);
        Add(batch, "insert into job (lane_id, seq, job_kind, args) values ($1, nextval('job_seq'), 'run.start', $2)", lane, new Json(string.Create(CultureInfo.InvariantCulture, $"{{\"run\":{run}}}")));
        await batch.ExecuteNonQueryAsync();
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.Add(argument switch
            {
                long number => new NpgsqlParameter<long> { TypedValue = number },
                int number => new NpgsqlParameter<int> { TypedValue = number },
                string text => new NpgsqlParameter<string> { TypedValue = text },
                decimal number => new NpgsqlParameter<decimal> { TypedValue = number },
                Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
                DateTime at => new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                Json json => new NpgsqlParameter<string> { TypedValue = json.Text, NpgsqlDbType = NpgsqlDbType.Jsonb },
                _ => throw new ArgumentException($"No parameter for {argument.GetType().Name}."),
            });
        batch.BatchCommands.Add(command);
    }

    private sealed record Json(string Text);

    private sealed record Move(long Id, long Version, string From, string To, decimal Amount, int Config);
}
