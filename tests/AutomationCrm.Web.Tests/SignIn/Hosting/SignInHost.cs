using AutomationCrm.Application;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Infrastructure;
using AutomationCrm.Infrastructure.Security;
using AutomationCrm.Robots;
using AutomationCrm.Testing;
using AutomationCrm.Web.Hosting;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Http;
using AutomationCrm.Web.Tests.Rest.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Web.Tests.SignIn.Hosting;

/// <summary>The pages, sign-in and the REST door together on a real port over a database of their own, after the first run.</summary>
internal sealed class SignInHost : IAsyncDisposable
{
    /// <summary>Tells the host to see the request as one over TLS.</summary>
    public const string SchemeHeader = "X-Test-Scheme";

    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private SignInHost(WebApplication app, TestDatabase database, DirectoryInfo data, FakeClock clock, RecordedLog log) =>
        (_app, Database, _data, Clock, Log) = (app, database, data, clock, log);

    public TestDatabase Database { get; }

    public FakeClock Clock { get; }

    public RecordedLog Log { get; }

    public string DataDirectory => _data.FullName;

    public Uri Address { get; private set; } = null!;

    public FirstRunNote First { get; private set; } = null!;

    public PasswordHasher Hasher => (PasswordHasher)_app.Services.GetRequiredService<IPasswordHasher>();

    /// <param name="real">With the product's methods behind /rest and its robots; otherwise with sample methods.</param>
    /// <param name="settings">Configuration besides the usual.</param>
    public static async Task<SignInHost> StartAsync(Action<WebApplication>? map = null, bool real = false, IReadOnlyDictionary<string, string>? settings = null)
    {
        var (database, data, clock, log) = (await TestDatabase.CreateAsync(), Directory.CreateTempSubdirectory("crm-signin-"), new FakeClock(TimeProvider.System.GetUtcNow()), new RecordedLog());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(CrmSignIn).Assembly.GetName().Name,
            ContentRootPath = RepositoryRoot.File("src", "AutomationCrm.Web"),
            EnvironmentName = "Production",
        });
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Crm:DataDirectory"] = data.FullName;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) builder.Configuration[name] = value;
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IPasswordHasher>(new PasswordHasher(1000));
        builder.Services.AddApplication().AddInfrastructure(database.ConnectionString);
        builder.AddCrmPages();
        if (real) builder.Services.AddRobots().AddRest(RestApi.Table).AddRestBinding();
        else builder.Services.AddRest(RestHost.Table).AddSingleton(new StubRows(3));
        builder.Services.AddCrmSignIn();

        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers[SchemeHeader] is [{ } scheme]) context.Request.Scheme = scheme;
            return next(context);
        });
        app.UseCrmPages();
        app.UseCrmSignIn();
        app.UseCrmCulture();
        app.MapCrmPages();
        app.MapRest();
        map?.Invoke(app);

        var host = new SignInHost(app, database, data, clock, log);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        host.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        host.First = (await FirstRunSetup.RunAsync(app.Services, host.Address.ToString(), data.FullName, CancellationToken.None))!;
        return host;
    }

    public Browser Open() => new(Address);

    public async Task<Browser> SignedInAsync(string? password = null)
    {
        var browser = Open();
        var answer = await browser.PostAsync("/sign-in", "/sign-in", ("login", First.Login), ("password", password ?? First.Password));
        Assert.Equal(302, answer.Status);
        return browser;
    }

    /// <summary>As the system.</summary>
    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    public async Task<T> ReadAsync<T>(Func<CrmDbContext, Task<T>> read)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CrmDbContext>());
    }

    /// <summary>Every row of every table as text, for comparing before and after and for searching.</summary>
    public async Task<string> DumpAsync()
    {
        List<string> tables = [];
        await using (var names = Database.DataSource.CreateCommand("select quote_ident(tablename) from pg_tables where schemaname = 'public' order by 1"))
        await using (var reader = await names.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));

        var dump = new List<string>();
        foreach (var table in tables)
        {
            await using var rows = Database.DataSource.CreateCommand($"select t::text from {table} t order by 1");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync()) dump.Add($"{table} {reader.GetString(0)}");
        }

        return string.Join('\n', dump);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        _data.Delete(recursive: true);
        Log.Dispose();
    }
}
