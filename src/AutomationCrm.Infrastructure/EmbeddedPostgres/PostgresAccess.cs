using Npgsql;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Roles and database inside the server: an administrator for upkeep, and the app's role that owns its database and nothing else.</summary>
internal static class PostgresAccess
{
    public const string Role = "crm";
    public const string Database = "crm";

    public static string ConnectionString(PostgresCredentials credentials) =>
        Build(credentials.Port, Role, credentials.Password, Database);

    public static string AdministratorConnectionString(PostgresCredentials credentials) =>
        Build(credentials.Port, PostgresCluster.Administrator, credentials.AdministratorPassword, "postgres");

    /// <summary>Null when the app can work, else the SQLSTATE why not.</summary>
    public static async Task<string?> CheckAsync(PostgresCredentials credentials, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Once(ConnectionString(credentials)));
            await connection.OpenAsync(ct);
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
        catch (NpgsqlException)
        {
            return PostgresErrorCodes.ConnectionException;
        }
    }

    /// <summary>Makes role and database, or sets the role's password; may be repeated.</summary>
    public static async Task ProvisionAsync(PostgresCredentials credentials, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Once(AdministratorConnectionString(credentials)));
        await connection.OpenAsync(ct);

        var verb = await Exists($"SELECT 1 FROM pg_roles WHERE rolname = '{Role}'") ? "ALTER" : "CREATE";
        await Execute($"{verb} ROLE {Role} LOGIN PASSWORD '{credentials.Password}'");
        if (!await Exists($"SELECT 1 FROM pg_database WHERE datname = '{Database}'")) await Execute($"CREATE DATABASE {Database} OWNER {Role}");

        async Task<bool> Exists(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(ct) is not null;
        }

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static string Build(int port, string user, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = user,
        Password = password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    private static string Once(string connectionString) => connectionString + ";Pooling=false;Timeout=15";
}
