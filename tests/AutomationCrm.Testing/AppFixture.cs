using System.Text.Json;
using AutomationCrm.Application;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Infrastructure;
using AutomationCrm.Robots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AutomationCrm.Testing;

/// <summary>
/// The app without its doors, over a database of its own: default pipelines, one administrator, EUR. Nothing runs by itself; a test
/// drains the executor when it wants to and travels in time by moving due times back.
/// </summary>
public sealed class AppFixture : IAsyncDisposable
{
    private const int MostRounds = 2_000;

    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private AppFixture(TestDatabase database, ServiceProvider services) => (this.database, this.services) = (database, services);

    public IServiceProvider Services => services;

    public NpgsqlDataSource Database => database.DataSource;

    /// <summary>The seeded administrator.</summary>
    public long Admin { get; private set; }

    /// <summary>This process as the executor's tables know it.</summary>
    public int Node { get; private set; }

    /// <param name="more">Services of the test: robots, senders, a clock.</param>
    /// <param name="settings">Configuration by key, for example <c>Crm:Executor:JobsPerLane</c>.</param>
    public static async Task<AppFixture> StartAsync(Action<IServiceCollection>? more = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var own = await TestDatabase.CreateAsync();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build());
        collection.AddLogging(logging => logging.ClearProviders());
        collection.AddApplication();
        collection.AddRobots();
        collection.AddInfrastructure(own.ConnectionString);
        more?.Invoke(collection);
        var app = new AppFixture(own, collection.BuildServiceProvider(validateScopes: true));
        await app.SeedAsync();
        app.Node = await app.JoinAsync();
        return app;
    }

    /// <summary>Another node on the same database.</summary>
    public Task<int> JoinAsync() =>
        services.GetRequiredService<ILaneStore>().RegisterNodeAsync("test", "all", "test", TimeSpan.FromMinutes(10), CancellationToken.None);

    /// <summary>Runs a use case in a scope of its own; by default as the administrator through REST, so that no effect is held back.</summary>
    public async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request, long? person = null, Origin origin = Origin.Rest, Guid? commandId = null)
    {
        await using var scope = services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        caller.Become(person ?? Admin, isAdmin: (person ?? Admin) == Admin, origin);
        caller.CommandId = commandId;
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    /// <summary>Changes a setting while the app runs, as a changed settings file does.</summary>
    public void Configure(string key, string? value)
    {
        var root = (IConfigurationRoot)services.GetRequiredService<IConfiguration>();
        root[key] = value;
        root.Reload();
    }

    /// <summary>Asks the configuration and histories.</summary>
    public async Task<T> ReadAsync<T>(Func<CrmDbContext, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CrmDbContext>());
    }

    /// <summary>The item as it is stored; null when there is none.</summary>
    public async Task<Item?> FindItemAsync(ItemRef item)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().FindItemAsync(item, CancellationToken.None);
    }

    /// <summary>Does everything that is due, timers, lanes and deliveries, until nothing is left; answers how many pieces it took.</summary>
    public async Task<int> DrainAsync()
    {
        var (lanes, worker, sender) = (services.GetRequiredService<ILaneStore>(), services.GetRequiredService<LaneWorker>(), services.GetRequiredService<DeliveryWorker>());
        var total = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var taken = await lanes.FireTimersAsync(500, CancellationToken.None);
            taken += await worker.RunOnceAsync(Node, CancellationToken.None);
            taken += await sender.RunOnceAsync(Node, 16, CancellationToken.None);
            if (taken == 0) return total;
            total += taken;
        }

        throw new InvalidOperationException($"Still work to do after {MostRounds} rounds.");
    }

    /// <summary>Lets time pass for everything that waits: the database's clock decides what is due, so due times move back.</summary>
    public async Task TravelAsync(TimeSpan by)
    {
        await using var batch = Database.CreateBatch();
        foreach (var sql in (ReadOnlySpan<string>)[
            "update timer set due_at = due_at - $1",
            "update delivery set due_at = due_at - $1 where state = 0",
            "update lane set run_at = run_at - $1 where state = 0",
            "update run set hold_until = hold_until - $1 where hold_until is not null"])
            batch.BatchCommands.Add(new(sql) { Parameters = { new NpgsqlParameter<TimeSpan> { TypedValue = by } } });
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Publishes the next version of a stage's automation and answers its number.</summary>
    public Task<int> PublishAsync(int typeId, string stageId, params IReadOnlyList<RobotConfig> robots) =>
        PublishAsync(typeId, stageId, new StageAutomationConfig { Robots = robots });

    public Task<int> PublishAsync(int typeId, string stageId, StageAutomationConfig config) => ReadAsync(async db =>
    {
        var key = StageAutomation.KeyOf(typeId, stageId);
        var number = (await db.ConfigVersions.Where(v => v.Key == key).MaxAsync(v => (int?)v.Number) ?? 0) + 1;
        db.ConfigVersions.Add(new()
        {
            Kind = StageAutomation.ConfigKind,
            Key = key,
            Number = number,
            State = ConfigVersion.Published,
            Content = JsonSerializer.Serialize(config, StageAutomation.Json),
            AuthorId = Admin,
            At = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveConfigurationAsync(CancellationToken.None);
        return number;
    });

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private Task SeedAsync() => ReadAsync(async db =>
    {
        TestPortal.Seed(db);
        await db.SaveConfigurationAsync(CancellationToken.None);
        await services.GetRequiredService<IPortal>().FreshAsync(CancellationToken.None);
        return Admin = await db.People.Select(p => p.Id).SingleAsync();
    });
}
