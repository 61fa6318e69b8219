using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence;

/// <summary>Brings a portal's schema to this program's version (DESIGN D2): script by script, each in a transaction, one node at a time.</summary>
public static class Migrator
{
    /// <summary>The program's own scripts.</summary>
    public static IReadOnlyList<Migration> Scripts { get; } = Migration.EmbeddedIn(typeof(Migrator).Assembly);

    /// <summary>Hash over all scripts of the program; template databases are cached by it.</summary>
    public static string Checksum { get; } = ChecksumOf(Scripts);

    public static string ChecksumOf(IReadOnlyList<Migration> scripts) => Migration.Hash(string.Join('\n', scripts.Select(m => $"{m} {m.Checksum}")));

    /// <inheritdoc cref="ApplyAsync(NpgsqlDataSource, IReadOnlyList{Migration}, CancellationToken)"/>
    public static Task<int> ApplyAsync(NpgsqlDataSource database, CancellationToken ct) => ApplyAsync(database, Scripts, ct);

    /// <summary>Applies what is missing in the first schema of the connection's Search Path and answers how many scripts that were; any number of nodes may call it at once.</summary>
    /// <exception cref="MigrationException">The schema is newer than the program, a released script was changed, or a script failed.</exception>
    public static async Task<int> ApplyAsync(NpgsqlDataSource database, IReadOnlyList<Migration> scripts, CancellationToken ct)
    {
        CheckScripts(scripts);
        await using var connection = await database.OpenConnectionAsync(ct);
        var log = await MigrationLog.OpenAsync(connection, SchemaOf(database), ct);

        var count = 0;
        while (await ApplyNextAsync(connection, log, scripts, ct)) count++;
        if (count > 0) await connection.ReloadTypesAsync(ct);
        return count;
    }

    private static async Task<bool> ApplyNextAsync(NpgsqlConnection connection, MigrationLog log, IReadOnlyList<Migration> scripts, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await log.LockAsync(ct);
        var applied = await log.ReadAsync(ct);
        if (Next(scripts, applied) is not { } migration) return false;

        try
        {
            await using var command = new NpgsqlCommand(migration.Sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new MigrationException(
                MigrationError.ScriptFailed,
                $"The script {migration} failed: {e.MessageText} ({e.SqlState}). Nothing of it was kept; the schema stands at {applied.Count} scripts.",
                e);
        }

        await log.AddAsync(migration, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static Migration? Next(IReadOnlyList<Migration> scripts, IReadOnlyDictionary<int, AppliedMigration> applied)
    {
        var known = scripts.ToDictionary(m => m.Number);
        foreach (var done in applied.Values.OrderBy(a => a.Number))
        {
            if (!known.TryGetValue(done.Number, out var script))
                throw new MigrationException(
                    MigrationError.NewerSchema,
                    $"The database was migrated by a newer program: it holds {done.Number:0000}_{done.Name}, this program ends with {(scripts.Count > 0 ? scripts[^1].ToString() : "no script")}. Start the newer program, or restore the backup made before its first start.");
            if (script.Checksum != done.Checksum)
                throw new MigrationException(
                    MigrationError.ChecksumChanged,
                    $"The script {script} was changed after this database had applied it. Restore the script as it was released and put the change into a new one.");
        }

        var next = scripts.FirstOrDefault(m => !applied.ContainsKey(m.Number));
        if (next is not null && applied.Count > 0 && next.Number < applied.Keys.Max())
            throw new MigrationException(
                MigrationError.OutOfOrder,
                $"The script {next} is older than {applied.Keys.Max():0000}, which this database has applied already. Give it the next free number.");
        return next;
    }

    private static void CheckScripts(IReadOnlyList<Migration> scripts)
    {
        for (var i = 1; i < scripts.Count; i++)
            if (scripts[i].Number <= scripts[i - 1].Number)
                throw new MigrationException(MigrationError.BadScripts, $"The scripts {scripts[i - 1]} and {scripts[i]} are not in rising order of their numbers.");
    }

    /// <summary>Null when the connection string names no Search Path.</summary>
    private static string? SchemaOf(NpgsqlDataSource database)
    {
        var first = new NpgsqlConnectionStringBuilder(database.ConnectionString).SearchPath?.Split(',')[0].Trim().Trim('"');
        return string.IsNullOrEmpty(first) ? null : first;
    }
}
