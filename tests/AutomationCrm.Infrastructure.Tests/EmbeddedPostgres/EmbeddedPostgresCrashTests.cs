using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Testing;
using Npgsql;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

public sealed class EmbeddedPostgresCrashTests : ScratchFolder
{
    [Fact]
    public async Task A_server_whose_app_was_killed_is_adopted_with_its_data_and_stopped_in_the_end()
    {
        var connection = await StartAndKillAppAsync();
        var orphan = Postmaster;
        Assert.True(orphan.IsAlive());

        await using (var handle = await EmbeddedPostgresServer.StartAsync(Options))
        {
            Assert.Equal(orphan.ProcessId, Postmaster.ProcessId);
            Assert.Equal(connection, handle.ConnectionString);
            Assert.Equal(42, await Sql.RunAsync(handle.ConnectionString, "SELECT n FROM kept"));
        }

        Assert.False(orphan.IsAlive());
    }

    [Fact]
    public async Task An_orphan_whose_passwords_are_lost_is_stopped_and_started_anew()
    {
        await StartAndKillAppAsync();
        var orphan = Postmaster;
        File.Delete(In("embedded-postgres.json"));

        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.False(orphan.IsAlive());
        Assert.Equal(42, await Sql.RunAsync(handle.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Committed_rows_are_there_after_app_and_server_were_killed_together()
    {
        await StartAndKillAppAsync();
        KillServer();

        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.Equal(42, await Sql.RunAsync(handle.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_stale_pid_file_whose_number_now_belongs_to_another_program_does_not_hinder_the_start()
    {
        await using (await EmbeddedPostgresServer.StartAsync(Options))
        {
        }

        File.WriteAllText(In("postgres", "postmaster.pid"), $"{Environment.ProcessId}\n{DataPath}\n1\n5432\n\n127.0.0.1\n\nready   \n");

        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.Equal(1, await Sql.RunAsync(handle.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_server_that_dies_under_the_app_comes_back_on_the_same_port()
    {
        await using var handle = await EmbeddedPostgresServer.StartAsync(Options);
        await Sql.RunAsync(handle.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS n");

        KillServer();

        await Eventually.Async(async () =>
        {
            try
            {
                return await Sql.RunAsync(handle.ConnectionString, "SELECT n FROM kept") is 42;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
    }

    private async Task<string> StartAndKillAppAsync()
    {
        using var app = await HolderProcess.StartAsync(Folder);
        await Sql.RunAsync(app.Said, "CREATE TABLE kept AS SELECT 42 AS n");
        await app.KillAsync();
        return app.Said;
    }

    private void KillServer() => ServerKiller.Crash(DataPath);
}
