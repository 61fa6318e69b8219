using AutomationCrm.Infrastructure.EmbeddedPostgres;
using Npgsql;

namespace AutomationCrm.Testing.Nodes;

/// <summary>A PostgreSQL server of this process as the product runs it: durable, on a disk. Gone with the process, however it ends.</summary>
public sealed class DurableServer : IAsyncDisposable
{
    private readonly ThrowAwayFolder _folder;
    private readonly EmbeddedPostgresHandle _server;
    private int _databases;

    private DurableServer(ThrowAwayFolder folder, EmbeddedPostgresHandle server) => (_folder, _server) = (folder, server);

    /// <summary>A folder for files that go with the server.</summary>
    public string Folder => _folder.Path;

    public static async Task<DurableServer> StartAsync()
    {
        var folder = await ThrowAwayFolder.CreateAsync(onDisk: true);
        folder.CleanAtExit();
        var server = await EmbeddedPostgresServer.StartAsync(new()
        {
            DataDirectory = folder.Path,
            HomeDirectory = folder.Path,
            ContentRoot = RepositoryRoot.File("src", "AutomationCrm.Web"),
        });
        return new DurableServer(folder, server);
    }

    /// <summary>An empty database and the connection string of its owner.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var owner = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = FormattableString.Invariant($"crm_{++_databases}") };
        await using var administrator = NpgsqlDataSource.Create(_server.AdministratorConnectionString);
        await using var create = administrator.CreateCommand($"create database {owner.Database} owner \"{owner.Username}\"");
        await create.ExecuteNonQueryAsync();
        return owner.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
