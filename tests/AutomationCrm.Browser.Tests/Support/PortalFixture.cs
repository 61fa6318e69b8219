using AutomationCrm.Testing;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>The app over a database of its own with the demo company; every page is opened as its administrator.</summary>
public class PortalFixture : BrowserFixture
{
    private TestDatabase database = null!;

    internal TestDatabase Database => database;

    public override async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
    }

    internal override Task<AppHost> StartAppAsync() => AppHost.StartAsync(("ConnectionStrings__Crm", database.ConnectionString));

    internal async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A deal of the sales pipeline on a stage that no other test has taken.</summary>
    internal async Task<long> TakeDealAsync(string stage = "NEW") =>
        await ScalarAsync<long>($"update item set title = title || ' (taken)' where (type_id, id) = (select type_id, id from item where type_id = 2 and pipeline_id = 0 and stage_id = '{stage}' and title not like '%(taken)' order by id limit 1) returning id");
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PortalTests : ICollectionFixture<PortalFixture>
{
    public const string Name = "Portal";
}
