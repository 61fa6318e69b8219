using AutomationCrm.Infrastructure.EmbeddedPostgres;
using Npgsql;

namespace AutomationCrm.Testing;

/// <summary>The PostgreSQL server of this test process: an embedded one with throw-away data, or the one named by CRM_TEST_DATABASE (a role that may create databases).</summary>
public sealed class TestPostgres
{
    private static readonly Lazy<Task<TestPostgres>> Server = new(StartAsync);

    // Held for the life of the process: its lock tells other test runs that the folder is in use.
    private static ThrowAwayFolder? _folder;

    private TestPostgres(string administrator, string? owner) => (Administrator, Owner) = (administrator, owner);

    /// <summary>A connection string that may create databases.</summary>
    public string Administrator { get; }

    /// <summary>The connection string of the role that owns the test databases; null when it is the administrator.</summary>
    internal string? Owner { get; }

    internal static string? Folder => _folder?.Path;

    public static Task<TestPostgres> GetAsync() => Server.Value;

    public string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder(Owner ?? Administrator) { Database = database }.ConnectionString;

    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TestPostgres> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("CRM_TEST_DATABASE") is { Length: > 0 } external) return new TestPostgres(external, owner: null);

        _folder = await ThrowAwayFolder.CreateAsync();
        _folder.CleanAtExit();
        var handle = await EmbeddedPostgresServer.StartAsync(Options(_folder.Path));
        return new TestPostgres(handle.AdministratorConnectionString, handle.ConnectionString);
    }

    internal static EmbeddedPostgresOptions Options(string folder) => new()
    {
        DataDirectory = folder,
        HomeDirectory = folder,
        ContentRoot = RepositoryRoot.File("src", "AutomationCrm.Web"),
        Durable = false,
    };
}
