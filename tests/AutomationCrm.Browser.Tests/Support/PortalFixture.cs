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

    /// <summary>Waits for what the engine does; when it does not come, the failure tells how far the robots got and what the app wrote to its log.</summary>
    internal async Task UntilAsync(Func<bool> condition, TimeSpan timeout, string what)
    {
        try
        {
            await Eventually.Async(condition, timeout, what);
        }
        catch (TimeoutException late)
        {
            var runs = await ScalarAsync<string>("""
                select coalesce(string_agg(r.row, e'\n'), 'no robot ran') from (
                  select concat_ws(' ', type_id, item_id, robot_key, 'state', state, 'attempt', attempt, 'due', due_at, code, message) as row from robot_run order by id desc limit 40) r
                """);
            throw new TimeoutException($"{late.Message}\n{runs}\n{string.Join('\n', App.Log.Split('\n').TakeLast(100))}", late);
        }
    }

    /// <summary>A deal of the sales pipeline on a stage that no other test has taken; when none is left, a copy of one.</summary>
    internal async Task<long> TakeDealAsync(string stage = "NEW") =>
        await ScalarAsync<long>($"""
            with free as (select id from item where type_id = 2 and pipeline_id = 0 and stage_id = '{stage}' and title not like '%(taken)' order by id limit 1),
            taken as (update item set title = title || ' (taken)' where type_id = 2 and id in (select id from free) returning id),
            copied as (
              insert into item
              select c.* from item i cross join lateral jsonb_populate_record(i, jsonb_build_object('id', nextval('item_id_2'), 'version', 1)) c
              where i.type_id = 2 and i.id = (select min(id) from item where type_id = 2 and pipeline_id = 0 and stage_id = '{stage}') and not exists (select from free)
              returning id, amount_base),
            counted as (insert into stage_total_delta (type_id, pipeline_id, stage_id, items, amount) select 2, 0, '{stage}', 1, coalesce(amount_base, 0) from copied)
            select id from taken union all select id from copied
            """);
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PortalTests : ICollectionFixture<PortalFixture>
{
    public const string Name = "Portal";
}
