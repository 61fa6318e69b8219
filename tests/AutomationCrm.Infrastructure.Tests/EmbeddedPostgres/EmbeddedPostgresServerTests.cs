using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Testing;
using Npgsql;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

public sealed class EmbeddedPostgresServerTests : ScratchFolder
{
    [Fact]
    public async Task Stops_with_its_handle_and_has_the_data_at_the_next_start_on_the_same_port()
    {
        int port;
        await using (var first = await EmbeddedPostgresServer.StartAsync(Options))
        {
            port = first.Port;
            await Sql.RunAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS n");
        }

        Assert.Null(PostmasterFile.TryRead(DataPath));
        Assert.True(LoopbackPort.IsFree(port));
        await using var second = await EmbeddedPostgresServer.StartAsync(Options);
        Assert.Equal(port, second.Port);
        Assert.Equal(42, await Sql.RunAsync(second.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Is_durable_listens_on_loopback_alone_and_gives_the_app_no_superuser()
    {
        await using var handle = await EmbeddedPostgresServer.StartAsync(Options with { Durable = true });

        Task<object?> Setting(string name) => Sql.RunAsync(handle.AdministratorConnectionString, $"SHOW {name}");
        Assert.Equal("on", await Setting("fsync"));
        Assert.Equal("on", await Setting("synchronous_commit"));
        Assert.Equal("127.0.0.1", await Setting("listen_addresses"));
        Assert.Equal("", await Setting("unix_socket_directories"));
        Assert.Equal(DataPath, await Setting("data_directory"));
        Assert.StartsWith("18.", (string)(await Setting("server_version"))!, StringComparison.Ordinal);
        Assert.Equal("crm off", await Sql.RunAsync(handle.ConnectionString, "SELECT current_user || ' ' || current_setting('is_superuser')"));
    }

    [Fact]
    public async Task Every_connection_needs_the_random_password_which_only_the_app_can_read()
    {
        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);

        var wrong = new NpgsqlConnectionStringBuilder(handle.ConnectionString) { Password = "crm" }.ConnectionString;
        var e = await Assert.ThrowsAsync<PostgresException>(() => Sql.RunAsync(wrong, "SELECT 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, e.SqlState);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("embedded-postgres.json")));
        Assert.DoesNotContain(Directory.EnumerateFiles(Folder), f => f.EndsWith("password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_users_of_one_data_directory_share_the_server_and_the_last_one_stops_it()
    {
        var first = await EmbeddedPostgresServer.StartAsync(Options);
        var second = await EmbeddedPostgresServer.StartAsync(Options);
        var process = Postmaster;

        Assert.Equal(first.ConnectionString, second.ConnectionString);
        await first.DisposeAsync();
        Assert.Equal(1, await Sql.RunAsync(second.ConnectionString, "SELECT 1"));
        await second.DisposeAsync();

        Assert.False(process.IsAlive());
    }

    [Fact]
    public async Task Users_that_start_at_the_same_moment_get_one_server()
    {
        var handles = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EmbeddedPostgresServer.StartAsync(Options)));

        Assert.Single(handles.Select(h => h.ConnectionString).Distinct(StringComparer.Ordinal));
        foreach (var handle in handles) await handle.DisposeAsync();
        Assert.Null(PostmasterFile.TryRead(DataPath));
    }

    [Fact]
    public async Task New_passwords_are_set_when_the_file_with_them_is_lost()
    {
        await using (var first = await EmbeddedPostgresServer.StartAsync(Options))
            await Sql.RunAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS n");
        File.Delete(In("embedded-postgres.json"));

        await using var second = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.Equal(42, await Sql.RunAsync(second.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_first_start_that_was_killed_half_way_is_begun_again()
    {
        Directory.CreateDirectory(In("postgres.new", "base"));
        File.WriteAllText(In("postgres.new", "PG_VERSION"), "18\n");
        File.WriteAllText(In("postgres.password"), "left");

        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.Equal(1, await Sql.RunAsync(handle.ConnectionString, "SELECT 1"));
        Assert.False(Directory.Exists(In("postgres.new")));
    }

    [Fact]
    public async Task Settings_of_the_owner_survive_and_win()
    {
        File.WriteAllText(In("postgres.local.conf"), "work_mem = 13MB\n");

        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.Equal("13MB", await Sql.RunAsync(handle.ConnectionString, "SHOW work_mem"));
    }

    [Fact]
    public async Task As_root_the_server_and_its_files_belong_to_an_unprivileged_account()
    {
        var service = In("service");
        await using var handle = await EmbeddedPostgresServer.StartAsync(Options with { HomeDirectory = null, ServiceDirectory = service, DataDirectory = In("data") });

        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            Assert.Equal(In("data", "postgres"), handle.DataPath);
            return;
        }

        Assert.StartsWith(service, handle.DataPath, StringComparison.Ordinal);
        var status = await File.ReadAllLinesAsync($"/proc/{PostmasterFile.TryRead(handle.DataPath)!.ProcessId}/status");
        Assert.Matches(@"^Uid:\s+[1-9]\d*\s", status.Single(l => l.StartsWith("Uid:", StringComparison.Ordinal)));
        Assert.Matches(@"^Groups:\s*(\d+\s*)*$", status.Single(l => l.StartsWith("Groups:", StringComparison.Ordinal)));
        Assert.DoesNotMatch(@"^Groups:.*\b0\b", status.Single(l => l.StartsWith("Groups:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_moved_data_directory_keeps_its_database()
    {
        var (service, before, after) = (In("service"), In("before"), In("after"));
        EmbeddedPostgresOptions At(string data) => Options with { HomeDirectory = null, ServiceDirectory = service, DataDirectory = data };
        await using (var first = await EmbeddedPostgresServer.StartAsync(At(before)))
            await Sql.RunAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS n");
        Directory.Move(before, after);

        await using var second = await EmbeddedPostgresServer.StartAsync(At(after));

        Assert.Equal(42, await Sql.RunAsync(second.ConnectionString, "SELECT n FROM kept"));
    }
}
