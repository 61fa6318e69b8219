using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence;

internal sealed record AppliedMigration(int Number, string Name, string Checksum);

/// <summary>The table schema_migration of one portal's schema.</summary>
internal sealed class MigrationLog
{
    private const int CreateAttempts = 10;

    private readonly NpgsqlConnection _connection;
    private readonly string _table;

    private MigrationLog(NpgsqlConnection connection, string schema) =>
        (_connection, _table) = (connection, $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\".schema_migration");

    /// <summary>Makes the schema and the table when they are missing. The table is always named with its schema: a portal must not take another's for its own.</summary>
    public static async Task<MigrationLog> OpenAsync(NpgsqlConnection connection, string? schema, CancellationToken ct)
    {
        schema ??= await ScalarAsync(connection, "SELECT current_schema()", ct) as string ?? "public";
        var log = new MigrationLog(connection, schema);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await log.CreateAsync(schema, ct);
                return log;
            }
            catch (PostgresException e) when (attempt < CreateAttempts && IsRace(e))
            {
                // IF NOT EXISTS does not see what another node creates at the same moment.
            }
        }
    }

    /// <summary>Waits for the node that is migrating.</summary>
    public Task LockAsync(CancellationToken ct) => ExecuteAsync($"LOCK TABLE {_table} IN EXCLUSIVE MODE", ct);

    public async Task<IReadOnlyDictionary<int, AppliedMigration>> ReadAsync(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT number, name, checksum FROM {_table}", _connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<int, AppliedMigration>();
        while (await reader.ReadAsync(ct)) applied.Add(reader.GetInt32(0), new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    public async Task AddAsync(Migration migration, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"INSERT INTO {_table} (number, name, checksum) VALUES ($1, $2, $3)", _connection)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task CreateAsync(string schema, CancellationToken ct)
    {
        // Asked first: CREATE … IF NOT EXISTS wants the right to create even when there is nothing to do.
        if (await ScalarAsync(_connection, "SELECT 1 FROM pg_namespace WHERE nspname = $1", ct, schema) is null)
            await ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {_table[..^".schema_migration".Length]}", ct);
        if (await ScalarAsync(_connection, "SELECT to_regclass($1)::text", ct, _table) is not (null or DBNull)) return;
        await ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {_table} (
                number integer PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT clock_timestamp())
            """,
            ct);
    }

    private static bool IsRace(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject;

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken ct, string? argument = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (argument is not null) command.Parameters.Add(new() { Value = argument });
        return await command.ExecuteScalarAsync(ct);
    }
}
