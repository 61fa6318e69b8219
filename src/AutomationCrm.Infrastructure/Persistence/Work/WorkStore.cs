using System.Data;
using System.Globalization;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Infrastructure.Persistence.Items;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>
/// The unit of work's way to PostgreSQL. For requests: a read without a transaction and one batch that is a transaction by itself. For
/// lanes: one connection and transaction from the locked read to the fenced completion.
/// </summary>
internal sealed class WorkStore(NpgsqlDataSource database, ITypeSource types) : IWorkStore, IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private bool rehearses;

    /// <summary>From now on everything happens in a transaction of somebody else's, which is never committed (dry run).</summary>
    public void Join(NpgsqlConnection theirs, NpgsqlTransaction open) => (connection, transaction, rehearses) = (theirs, open, true);

    public async Task<LoadedItems> LoadAsync(IReadOnlyCollection<ItemRef> items, bool lockRows, CancellationToken ct)
    {
        await using var lease = await ConnectAsync(ct);
        await using var batch = new NpgsqlBatch(lease.Connection, transaction);
        var builder = new BatchBuilder(batch);
        builder.Add("select value from configuration_stamp");
        var groups = items.GroupBy(i => i.TypeId).OrderBy(g => g.Key).ToList();
        foreach (var group in groups)
            builder.Add(LoadText(group.Key, lockRows)).Longs(group.Select(i => i.Id).Order());

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (stamp, found) = (reader.GetInt64(0), new List<Item>(items.Count));
        foreach (var group in groups)
        {
            await reader.NextResultAsync(ct);
            var type = types.Find(group.Key);
            while (await reader.ReadAsync(ct))
                if (type is not null) found.Add(ItemColumns.Read(reader, type));
        }

        return new(stamp, found);
    }

    public async Task WriteAsync(WorkBatch batch, CancellationToken ct)
    {
        await using var lease = await ConnectAsync(ct);
        await using var sql = new NpgsqlBatch(lease.Connection, transaction);
        var builder = new BatchBuilder(sql);
        Fill(builder, batch);
        try
        {
#if CAMPAIGN
            await CampaignDefects.CompleteBeforeCommitAsync(database, batch.Lanes, ct);
#endif
            if (!builder.IsEmpty) await sql.ExecuteNonQueryAsync(ct);
            if (transaction is not null && !rehearses) await transaction.CommitAsync(ct);
        }
        catch (PostgresException refusal) when (Translate(refusal, batch) is { } known)
        {
            throw known;
        }
        finally
        {
            await CloseLaneAsync();
        }
    }

    public async Task<string?> FindAnswerAsync(Guid commandId, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select coalesce(answer::text, 'null') from command_log where command_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = commandId, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await command.ExecuteScalarAsync(ct) as string;
    }

    public async Task<HeldGlobalValue?> LockGlobalValueAsync(string code, CancellationToken ct)
    {
        await using var command = InTransaction(ValueStatements.Lock, code);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetString(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetString(1), reader.GetInt64(2)) : null;
    }

    public async Task<long> NextInTurnAsync(string series, CancellationToken ct)
    {
        await using var command = InTransaction(ValueStatements.NextInTurn, series);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task BeginLaneAsync(CancellationToken ct)
    {
        if (rehearses) return;

        connection = await database.OpenConnectionAsync(ct);
        transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
    }

    public async Task<long> LockSeriesAsync(string series, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        var builder = new BatchBuilder(batch);
        builder.Add("insert into number_series (name, last) values ($1, 0) on conflict (name) do nothing").With(series, NpgsqlDbType.Text);
        builder.Add("select last from number_series where name = $1 for update").With(series, NpgsqlDbType.Text);
        return (long)(await batch.ExecuteScalarAsync(ct))!;
    }

    public async Task RollBackLaneAsync() => await CloseLaneAsync();

    public async ValueTask DisposeAsync() => await CloseLaneAsync();

    private NpgsqlCommand InTransaction(string sql, string text)
    {
        if (connection is null) throw new InvalidOperationException("There is no open transaction.");
        return new(sql, connection, transaction) { Parameters = { new NpgsqlParameter<string> { TypedValue = text } } };
    }

    private void Fill(BatchBuilder builder, WorkBatch batch)
    {
        if (batch.Command is { } command)
            builder.Add("insert into command_log (command_id, answer, at) values ($1, $2, now())").With(command.CommandId, NpgsqlDbType.Uuid).With(command.AnswerJson, NpgsqlDbType.Jsonb);
        if (batch.Changes.Chains is { Count: > 0 } chains)
        {
            var grown = chains.GroupBy(c => c.ChainId).OrderBy(g => g.Key).ToList();
            builder.Add("""
                insert into chain as c (id, robots, started_at) select d.id, d.start + d.robots, now() from unnest($1, $2, $3) as d(id, start, robots)
                on conflict (id) do update set robots = c.robots + $3[array_position($1, c.id)]
                """)
                .Uuids(grown.Select(g => g.Key)).Ints(grown.Select(g => g.First().Start)).Ints(grown.Select(g => g.Sum(c => c.Robots)));
        }

        RecycleBinStatements.Add(builder, batch.Changes);
        ItemStatements.Add(builder, batch.Items);
        HistoryStatements.Add(builder, batch.Changes);
        MessageStatements.Add(builder, batch.Changes.Messages);
        RunStatements.Add(builder, batch.Changes);
        LaunchStatements.Add(builder, batch.Changes);
        PauseStatements.Add(builder, batch.Changes);
        TriggerStatements.Add(builder, batch.Changes);
        ValueStatements.Add(builder, batch.Changes);
        if (!rehearses) RobotStatStatements.Add(builder, batch.Changes);
        LaneStatements.Add(builder, batch);
    }

    private static Exception? Translate(PostgresException refusal, WorkBatch batch) => refusal.SqlState switch
    {
        ItemStatements.StaleItem => new StaleItemException(),
        LaneStatements.StaleLane => new StaleLaneException(),
        // The same order twice at once: decided again, the second finds the first one's document.
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "document_effect_key" => new StaleItemException(),
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "command_log_pkey" => new RepeatedCommandException(batch.Command!.CommandId),
        _ => null,
    };

    private static string LoadText(int typeId, bool lockRows)
    {
        var constant = typeId.ToString(CultureInfo.InvariantCulture);
        // People's writes are guarded by the version; a lane locks the rows it works on and never fails as stale.
        return lockRows
            ? $"select {ItemColumns.Select} from item i where i.type_id = {constant} and i.id = any($1) order by i.id for update"
            : $"select {ItemColumns.Select} from item i where i.type_id = {constant} and i.id = any($1)";
    }

    private async ValueTask<Lease> ConnectAsync(CancellationToken ct) =>
        connection is not null ? new(connection, Owned: false) : new(await database.OpenConnectionAsync(ct), Owned: true);

    private async ValueTask CloseLaneAsync()
    {
        if (rehearses) return;

        if (transaction is not null) await transaction.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
        (transaction, connection) = (null, null);
    }

    private readonly record struct Lease(NpgsqlConnection Connection, bool Owned) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Owned ? Connection.DisposeAsync() : ValueTask.CompletedTask;
    }
}
