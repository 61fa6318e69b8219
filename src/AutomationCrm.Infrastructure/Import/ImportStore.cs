using System.Globalization;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Domain.Common;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Import;

/// <summary>Claims, numbers and progress of imports; the rows themselves are written by <see cref="ImportCopy"/>.</summary>
internal sealed class ImportStore(NpgsqlDataSource database) : IImportStore
{
    private const string Ended = "state in (2, 3, 4)";

    public async Task<ClaimedImport?> ClaimAsync(IReadOnlyCollection<string> folders, TimeSpan lease, CancellationToken ct)
    {
        if (folders.Count == 0) return null;

        var token = Guid.CreateVersion7();
        await using var command = database.CreateCommand("""
            update import_job set state = 1, lease_token = $1, lease_until = now() + $2, attempts = attempts + 1, started_at = coalesce(started_at, now())
            where id = (
              select j.id from import_job j
              where j.options ->> 'folder' = any($3)
                and ((j.state = 1 and j.lease_until < now()) or (j.state = 0 and not exists (select from import_job r where r.state = 1)))
              order by j.state desc, j.created_at, j.id limit 1 for update skip locked)
            returning id, preset, author_id, rows_done, rows_total, problems, attempts, cancel_requested, options::text
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. folders] });
        try
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            return await row.ReadAsync(ct)
                ? new(row.GetInt64(0), token, row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), (int)row.GetInt64(5), row.GetInt32(6), row.GetBoolean(7), ImportContent.Parse(row.GetString(8)))
                : null;
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another node has just begun an import.
            return null;
        }
    }

    public Task<IReadOnlyList<long>> NextItemIdsAsync(int typeId, int count, CancellationToken ct) =>
        // The sequence's name is made of a number of ours.
        NumbersAsync(string.Create(CultureInfo.InvariantCulture, $"'item_id_{typeId}'"), count, ct);

    public Task<IReadOnlyList<long>> NextIdsAsync(ImportIds kind, int count, CancellationToken ct) => NumbersAsync(
        kind switch
        {
            ImportIds.Row => "'row_id'",
            ImportIds.Person => "pg_get_serial_sequence('person', 'id')",
            ImportIds.Department => "pg_get_serial_sequence('department', 'id')",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        },
        count,
        ct);

    public async Task<Dictionary<string, long>> FindOriginsAsync(int typeId, string originator, CancellationToken ct)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"select data ->> 'ORIGIN_ID', min(id) from item where type_id = {typeId} and data ->> 'ORIGINATOR_ID' = $1 and data ->> 'ORIGIN_ID' is not null group by 1"));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = originator });
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) found[rows.GetString(0)] = rows.GetInt64(1);
        return found;
    }

    public async Task<bool> WriteAsync(ClaimedImport import, ImportChunk chunk, TimeSpan lease, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // The job's row first: whoever has lost the import writes nothing.
        var stop = await ProgressAsync(connection, import, chunk, lease, ct);
        await ImportCopy.WriteAsync(connection, import.Id, chunk, ct);
        await transaction.CommitAsync(ct);
        return stop;
    }

    public async Task FinishAsync(ClaimedImport import, ImportState state, ImportFailure? failure, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update import_job set state = $3, message = $4, message_code = $5, message_arguments = $6, step = '', finished_at = now(), lease_token = null, lease_until = null
            where id = $1 and lease_token = $2 and state = 1
            """);
        Own(command, import);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)state });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)failure?.Message ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)failure?.Code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. failure?.Arguments ?? []] });
        if (await command.ExecuteNonQueryAsync(ct) == 0) throw new ImportLostException();
    }

    public async Task ReleaseAsync(ClaimedImport import, CancellationToken ct)
    {
        // A stop in good order is no failed attempt.
        await using var command = database.CreateCommand("update import_job set lease_until = now() - interval '1 second', attempts = 0 where id = $1 and lease_token = $2 and state = 1");
        Own(command, import);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<int> FailLostAsync(IReadOnlyCollection<string> folders, TimeSpan age, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update import_job j set state = 4, finished_at = now(), step = '', lease_token = null, lease_until = null,
              message = 'No running node has the files of this import; start it again.', message_code = 'import.files_lost'
            where not (j.options ->> 'folder' = any($1))
              and ((j.state = 1 and j.lease_until < now() - $2)
                or (j.state = 0 and j.created_at < now() - $2 and not exists (select from import_job r where r.state = 1)))
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. folders] });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<string?> CancelAsync(long id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            update import_job set cancel_requested = true, state = case when state = 0 then 3 else state end,
              finished_at = case when state = 0 then now() end
            where id = $1 and not {Ended} returning state, options ->> 'folder'
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            if (await row.ReadAsync(ct)) return row.GetInt16(0) == (short)ImportState.Cancelled ? row.GetString(1) : null;
        }

        await using var exists = database.CreateCommand("select from import_job where id = $1");
        exists.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var found = await exists.ExecuteReaderAsync(ct);
        throw await found.ReadAsync(ct) ? new RuleBrokenException("import.ended", "The import has ended already.", "id") : new NotFoundException("Import", id.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IReadOnlySet<string>> OpenFoldersAsync(CancellationToken ct)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("select options ->> 'folder' from import_job where state in (0, 1)");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) folders.Add(rows.GetString(0));
        return folders;
    }

    private static async Task<bool> ProgressAsync(NpgsqlConnection connection, ClaimedImport import, ImportChunk chunk, TimeSpan lease, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            update import_job set rows_done = rows_done + $3, items_added = items_added + $4, problems = problems + $5, step = $6, lease_until = now() + $7, attempts = 0
            where id = $1 and lease_token = $2 and state = 1 returning cancel_requested
            """, connection);
        Own(command, import);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk.Rows });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk.Added });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk.Problems.Count });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chunk.Step });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        return await command.ExecuteScalarAsync(ct) is bool stop ? stop : throw new ImportLostException();
    }

    private static void Own(NpgsqlCommand command, ClaimedImport import)
    {
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = import.Id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import.Token });
    }

    private async Task<IReadOnlyList<long>> NumbersAsync(string sequence, int count, CancellationToken ct)
    {
        if (count == 0) return [];

        var numbers = new List<long>(count);
        await using var command = database.CreateCommand($"select nextval({sequence}) from generate_series(1, $1)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) numbers.Add(rows.GetInt64(0));
        return numbers;
    }
}
