using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Application.People.Setup;
using AutomationCrm.Infrastructure;
using AutomationCrm.Infrastructure.Security;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.People;

/// <summary>The use cases over a database of their own, with the first administrator in it.</summary>
internal sealed class PeopleHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private PeopleHost(TestDatabase database, ServiceProvider services, FakeClock clock) => (_database, _services, Clock) = (database, services, clock);

    public FakeClock Clock { get; }

    public FirstRunSecrets Admin { get; private set; } = null!;

    public PasswordHasher Hasher => (PasswordHasher)_services.GetRequiredService<IPasswordHasher>();

    public static async Task<PeopleHost> StartAsync(int rounds = 500, bool firstRun = true)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new FakeClock();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IPasswordHasher>(new PasswordHasher(rounds));
        services.AddApplication().AddInfrastructure(database.ConnectionString);
        var host = new PeopleHost(database, services.BuildServiceProvider(validateScopes: true), clock);
        if (firstRun) host.Admin = (await host.SendAsync(new FirstRun()))!;
        return host;
    }

    /// <summary>As the system.</summary>
    public Task<T> SendAsync<T>(IRequest<T> request) => SendAsync(request, _ => { });

    /// <summary>As a member who is no administrator.</summary>
    public Task<T> SendAsMemberAsync<T>(long personId, IRequest<T> request) =>
        SendAsync(request, scope => scope.GetRequiredService<Caller>().Become(personId, isAdmin: false, Origin.Page));

    /// <summary>As the browser with this session.</summary>
    public async Task<T> SendInAsync<T>(string token, IRequest<T> request)
    {
        var session = await SendAsync(new FindSession(token)) ?? throw new InvalidOperationException("There is no such session.");
        return await SendAsync(request, scope =>
        {
            scope.GetRequiredService<CurrentSession>().Begin(session);
            scope.GetRequiredService<Caller>().Become(session.Acting.Id, session.Acting.IsAdmin, Origin.Page);
        });
    }

    public async Task<T> ReadAsync<T>(Func<CrmDbContext, Task<T>> read)
    {
        await using var scope = _services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CrmDbContext>());
    }

    public Task<Domain.People.Person> PersonAsync(long id) => ReadAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == id));

    public Task<SignInAnswer> SignInAsync(string login, string password, string address = "192.0.2.1") => SendAsync(new SignInWithPassword(login, password, address, "test"));

    public async Task<string> AdminTokenAsync() => (await SignInAsync(Admin.Login, Admin.Password, "192.0.2.200")).Session!.Token;

    public Task<long> AddAsync(string name, string? login = null, bool isAdmin = false, bool isDemo = false) =>
        SendAsync(new AddPerson(new(name, "", "", login, "", null, isAdmin)) { IsDemo = isDemo });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<T> SendAsync<T>(IRequest<T> request, Action<IServiceProvider> become)
    {
        await using var scope = _services.CreateAsyncScope();
        become(scope.ServiceProvider);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }
}
