using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Infrastructure.Persistence;
using AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Persistence;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Clones_of_one_template_do_not_see_each_other()
    {
        Migration[] scripts = [new(1, "note", "CREATE TABLE note (text text); INSERT INTO note VALUES ('from the template')")];
        await using var one = await TestDatabase.CreateAsync(scripts);
        await using var other = await TestDatabase.CreateAsync(scripts);

        await using (var insert = one.DataSource.CreateCommand("INSERT INTO note VALUES ('mine')")) await insert.ExecuteNonQueryAsync();

        Assert.Equal(2L, await Count(one));
        Assert.Equal(1L, await Count(other));
    }

    [Fact]
    public async Task The_products_own_schema_is_in_a_database_made_without_arguments()
    {
        await using var database = await TestDatabase.CreateAsync();

        await using var command = database.DataSource.CreateCommand("SELECT count(*)::int FROM schema_migration");
        Assert.Equal(Migrator.Scripts.Count, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_database_speaks_UTF8_and_folds_Cyrillic_case()
    {
        await using var database = await TestDatabase.CreateAsync([]);

        await using var command = database.DataSource.CreateCommand("SELECT 'Сделка' ILIKE 'СДЕЛ%' AND lower('ЁЖ') = 'ёж' AND current_setting('server_encoding') = 'UTF8'");
        Assert.Equal(true, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_killed_test_process_leaves_neither_server_nor_folder_behind()
    {
        using var process = await HolderProcess.StartAsync();
        var server = PostmasterFile.TryRead(Path.Combine(process.Said, "postgres"))!;
        Assert.True(server.IsAlive());

        await process.KillAsync();

        if (!OperatingSystem.IsWindows()) await Eventually.Async(() => !Directory.Exists(process.Said) && !server.IsAlive());
    }

    private static async Task<object?> Count(TestDatabase database)
    {
        await using var command = database.DataSource.CreateCommand("SELECT count(*) FROM note");
        return await command.ExecuteScalarAsync();
    }
}
