using AutomationCrm.Application.Data;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace AutomationCrm.Infrastructure.Tests.Persistence;

/// <summary>The EF model beside the migrated database: table by table, column by column (decision D2).</summary>
public sealed class ModelTests
{
    /// <summary>Tables that the model leaves to hand-written SQL, each by name.</summary>
    private static readonly string[] Unmapped = ["item", "file", "turn", "number_series", "lane", "job", "command_log", "protection_key", "schema_migration"];

    [Fact]
    public async Task Every_column_of_the_model_is_a_column_of_the_database_of_the_same_type_and_nullability_and_the_other_way_round()
    {
        await using var database = await TestDatabase.CreateAsync();
        var stored = await StoredAsync(database.DataSource);
        await using var db = new CrmDbContext(new DbContextOptionsBuilder<CrmDbContext>().UseNpgsql(database.DataSource).Options);

        var mapped = db.Model.GetEntityTypes().SelectMany(Columns).Order().ToList();

        Assert.NotEmpty(mapped);
        Assert.Equal(stored.Where(c => !Unmapped.Contains(c[..c.IndexOf('.', StringComparison.Ordinal)])), mapped);
    }

    [Fact]
    public async Task Tables_outside_the_model_exist()
    {
        await using var database = await TestDatabase.CreateAsync();

        var tables = (await StoredAsync(database.DataSource)).Select(c => c[..c.IndexOf('.', StringComparison.Ordinal)]).Distinct();

        Assert.Empty(Unmapped.Except(tables));
    }

    [Fact]
    public async Task Keys_of_the_model_are_the_primary_keys_of_the_tables()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = new CrmDbContext(new DbContextOptionsBuilder<CrmDbContext>().UseNpgsql(database.DataSource).Options);

        foreach (var type in db.Model.GetEntityTypes())
        {
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var mapped = type.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName(table));
            Assert.Equal($"{table.Name}: {string.Join(", ", mapped)}", $"{table.Name}: {await KeyAsync(database.DataSource, table.Name)}");
        }
    }

    private static IEnumerable<string> Columns(IEntityType type)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        foreach (var property in type.GetProperties())
        {
            yield return $"{table.Name}.{property.GetColumnName(table)} {property.GetColumnType(table)}{(property.IsColumnNullable(table) ? "" : " not null")}";
        }
    }

    private static async Task<List<string>> StoredAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return [.. columns.Order()];
    }

    private static async Task<string> KeyAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand("""
            select string_agg(a.attname, ', ' order by k.n) from pg_constraint p
            cross join lateral unnest(p.conkey) with ordinality as k(attnum, n)
            join pg_attribute a on a.attrelid = p.conrelid and a.attnum = k.attnum
            where p.contype = 'p' and p.conrelid = $1::regclass
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
