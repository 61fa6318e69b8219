using AutomationCrm.Infrastructure.Persistence;
using AutomationCrm.Testing;
using Npgsql;

namespace AutomationCrm.Infrastructure.Tests.Persistence;

public sealed class MigratorTests : IAsyncLifetime
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE item (id bigint PRIMARY KEY); CREATE FUNCTION two() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2 $$;");
    private static readonly Migration Second = new(2, "second", "ALTER TABLE item ADD title text NOT NULL DEFAULT '';");

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync([]);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Applies_what_is_missing_and_nothing_twice()
    {
        Assert.Equal(1, await Apply(First));
        Assert.Equal(1, await Apply(First, Second));
        Assert.Equal(0, await Apply(First, Second));

        Assert.Equal("1 first, 2 second", await Scalar("SELECT string_agg(number || ' ' || name, ', ' ORDER BY number) FROM schema_migration WHERE applied_at <= now()"));
        Assert.Equal(2, await Scalar("SELECT two()"));
        Assert.Equal(0L, await Scalar("SELECT count(title) FROM item"));
    }

    [Fact]
    public async Task Eight_nodes_that_start_at_once_apply_each_script_once()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var node = NpgsqlDataSource.Create(_database.ConnectionString + ";Search Path=portal_a");
            return await Migrator.ApplyAsync(node, [First, Second], CancellationToken.None);
        }));

        Assert.Equal(2, counts.Sum());
    }

    [Fact]
    public async Task Refuses_a_schema_newer_than_the_program()
    {
        await Apply(First, Second);

        var e = await Assert.ThrowsAsync<MigrationException>(() => Apply(First));

        Assert.Equal(MigrationError.NewerSchema, e.Code);
        Assert.Contains("0002_second", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_script_changed_after_it_was_applied_but_not_other_line_ends()
    {
        await Apply(First with { Sql = First.Sql + "\n-- end\n" });

        Assert.Equal(0, await Apply(new Migration(1, "first", First.Sql + "\r\n-- end\r\n")));
        var e = await Assert.ThrowsAsync<MigrationException>(() => Apply(new Migration(1, "first", First.Sql + "\n-- changed\n")));

        Assert.Equal(MigrationError.ChecksumChanged, e.Code);
        Assert.Contains("0001_first.sql", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_script_leaves_nothing_behind_and_names_itself()
    {
        var broken = new Migration(2, "broken", "CREATE TABLE half (id int); SELECT no_such_function();");

        var e = await Assert.ThrowsAsync<MigrationException>(() => Apply(First, broken));

        Assert.Equal(MigrationError.ScriptFailed, e.Code);
        Assert.Contains("0002_broken.sql", e.Message, StringComparison.Ordinal);
        Assert.Contains("no_such_function", e.Message, StringComparison.Ordinal);
        Assert.Equal("true", await Scalar("SELECT (to_regclass('half') IS NULL)::text"));
        Assert.Equal(1, await Apply(First, Second));
    }

    [Fact]
    public async Task Refuses_a_script_that_was_slipped_in_before_an_applied_one()
    {
        await Apply(First, new Migration(3, "third", "SELECT 1"));

        var e = await Assert.ThrowsAsync<MigrationException>(() => Apply(First, Second, new Migration(3, "third", "SELECT 1")));

        Assert.Equal(MigrationError.OutOfOrder, e.Code);
    }

    [Fact]
    public async Task Each_portal_is_a_schema_of_its_own_in_one_database()
    {
        await using var a = NpgsqlDataSource.Create(_database.ConnectionString + ";Search Path=portal_a,public");
        await using var b = NpgsqlDataSource.Create(_database.ConnectionString + ";Search Path='\"Portal B\",public'");
        Assert.Equal(1, await Apply(First));

        Assert.Equal(2, await Migrator.ApplyAsync(a, [First, Second], CancellationToken.None));
        Assert.Equal(1, await Migrator.ApplyAsync(b, [First], CancellationToken.None));

        Assert.Equal("Portal B:item, portal_a:item, public:item", await Scalar("SELECT string_agg(schemaname || ':' || tablename, ', ' ORDER BY schemaname) FROM pg_tables WHERE tablename = 'item'"));
    }

    [Fact]
    public async Task A_role_without_the_right_to_create_schemas_migrates_the_one_it_owns()
    {
        var role = $"portal_{Guid.CreateVersion7():N}";
        await using var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder((await TestPostgres.GetAsync()).Administrator) { Database = _database.Name }.ConnectionString);
        await Execute(administrator, $"CREATE ROLE {role} LOGIN PASSWORD 'p'; CREATE SCHEMA {role} AUTHORIZATION {role}");
        try
        {
            await using var portal = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = role, Password = "p", SearchPath = role }.ConnectionString);
            Assert.Equal(1, await Migrator.ApplyAsync(portal, [First], CancellationToken.None));
        }
        finally
        {
            await Execute(administrator, $"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
        }
    }

    [Fact]
    public void The_checksum_follows_names_order_and_content()
    {
        var all = new[] { Migrator.ChecksumOf([First, Second]), Migrator.ChecksumOf([First]), Migrator.ChecksumOf([First, Second with { Name = "other" }]), Migrator.ChecksumOf([]) };

        Assert.Equal(4, all.Distinct().Count());
        Assert.All(all, c => Assert.Matches("^[0-9a-f]{64}$", c));
    }

    private Task<int> Apply(params Migration[] scripts) => Migrator.ApplyAsync(_database.DataSource, scripts, CancellationToken.None);

    private async Task<object?> Scalar(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
