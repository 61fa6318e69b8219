using AutomationCrm.Infrastructure.Persistence;
using Npgsql;

namespace AutomationCrm.Testing;

/// <summary>The migrated database that test databases are cloned from; one per checksum of the scripts.</summary>
internal static class TemplateDatabase
{
    private const long LockKey = 4_207_849_484;

    public static string OwnerClause(TestPostgres server) =>
        server.Owner is { } owner ? $" OWNER {new NpgsqlConnectionStringBuilder(owner).Username}" : "";

    public static async Task<string> EnsureAsync(TestPostgres server, string checksum, IReadOnlyList<Migration> scripts)
    {
        var name = $"crm_template_{checksum[..16]}";
        await using var connection = new NpgsqlConnection(server.Administrator);
        await connection.OpenAsync();

        // Test processes that share one server build the template once.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})");
        await using (var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } })
            if (await exists.ExecuteScalarAsync() is not null)
            {
                await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})");
                return name;
            }

        var building = name + "_new";
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {building} WITH (FORCE)");
        await ExecuteAsync(connection, $"CREATE DATABASE {building}{OwnerClause(server)}");
        await using (var source = NpgsqlDataSource.Create(server.ConnectionStringTo(building) + ";Pooling=false"))
            await Migrator.ApplyAsync(source, scripts, CancellationToken.None);
        await ExecuteAsync(connection, $"ALTER DATABASE {building} RENAME TO {name}");
        await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})");
        return name;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
