using System.Net.Http.Headers;
using System.Text;
using AutomationCrm.Application;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.People;
using AutomationCrm.Infrastructure;
using AutomationCrm.Robots;
using AutomationCrm.Testing;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Http;
using AutomationCrm.Web.Rest.Protocol.Methods;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>The real methods over the real services on a database of its own; nothing runs by itself.</summary>
internal sealed class AppRestHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private AppRestHost(TestDatabase database, WebApplication app)
    {
        (_database, _app) = (database, app);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }

    public TestWebhooks Webhooks => _app.Services.GetRequiredService<TestWebhooks>();

    public static async Task<AppRestHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration["Rest:TimeZone"] = "UTC";
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.Services.AddRoutingCore();
        builder.Services.AddApplication();
        builder.Services.AddRobots();
        builder.Services.AddInfrastructure(database.ConnectionString);
        builder.Services.AddRest(RestApi.Table);
        builder.Services.AddRestBinding();
        builder.Services.AddSingleton<TestWebhooks>().AddSingleton<IWebhookAuthenticator>(s => s.GetRequiredService<TestWebhooks>());
        var app = builder.Build();
        app.MapRest();
        await SeedAsync(app);
        await app.StartAsync();
        return new AppRestHost(database, app);
    }

    /// <summary>Calls a method as the administrator, or as the owner of another webhook, with a JSON body.</summary>
    public async Task<Answer> CallAsync(string method, string body = "{}", TestWebhook? hook = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/rest/{method}", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (hook ?? Webhooks.Admin).Token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await _client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString() ?? "", response.Headers.ToString());
    }

    /// <summary>Calls a method that must succeed and answers its result.</summary>
    public async Task<System.Text.Json.JsonElement> ResultAsync(string method, string body = "{}", TestWebhook? hook = null)
    {
        var answer = await CallAsync(method, body, hook);
        Assert.True(answer.Status == System.Net.HttpStatusCode.OK, $"{method} {body}: {answer.Body}");
        return answer.Result;
    }

    /// <summary>Sends a form as it is written, for pairs that JSON cannot say.</summary>
    public async Task<Answer> FormAsync(string method, string pairs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/rest/{method}", UriKind.Relative)) { Content = new StringContent(pairs, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Webhooks.Admin.Token);
        using var response = await _client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString() ?? "", response.Headers.ToString());
    }

    /// <summary>A call that does not fit is refused by the name of its argument and changes nothing.</summary>
    public async Task AssertRefusedAsync(string method, string body, string argument)
    {
        var before = await FingerprintAsync();

        var answer = await CallAsync(method, body);

        Assert.Equal((400, argument), ((int)answer.Status, answer.Json.GetProperty("argument").GetString()));
        Assert.NotEmpty(answer.Description);
        Assert.Equal(before, await FingerprintAsync());
    }

    /// <summary>The whole content of the database as one hash per table.</summary>
    public async Task<string> FingerprintAsync()
    {
        var tables = new List<string>();
        await using (var command = _database.DataSource.CreateCommand("select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind = 'r' order by 1"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        var parts = tables.Select(t => $"select '{t} ' || count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' order by r::text)), '') from {t} r");
        await using var all = _database.DataSource.CreateCommand(string.Join(" union all ", parts) + " order by 1");
        await using var rows = await all.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await rows.ReadAsync()) text.Append(rows.GetString(0)).Append('\n');
        return text.ToString();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Lets time pass, for example.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Lets the executor do everything that is due.</summary>
    public async Task DrainAsync()
    {
        var (lanes, worker, sender) = (_app.Services.GetRequiredService<ILaneStore>(), _app.Services.GetRequiredService<LaneWorker>(), _app.Services.GetRequiredService<DeliveryWorker>());
        var node = await lanes.RegisterNodeAsync("test", "all", "test", TimeSpan.FromMinutes(10), CancellationToken.None);
        int taken;
        do
        {
            taken = await lanes.FireTimersAsync(500, CancellationToken.None);
            taken += await worker.RunOnceAsync(node, CancellationToken.None);
            taken += await sender.RunOnceAsync(node, 16, CancellationToken.None);
        }
        while (taken > 0);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task SeedAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        TestPortal.Seed(db);
        await db.SaveConfigurationAsync(CancellationToken.None);
        db.People.Add(new Person { Login = "max", Name = "Max", LastName = "Member", Email = "max@example.com", CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveConfigurationAsync(CancellationToken.None);
        db.People.Add(new Person { Login = "olga", Name = "Olga", LastName = "Other", CreatedAt = DateTimeOffset.UnixEpoch });
        await db.SaveConfigurationAsync(CancellationToken.None);
        await app.Services.GetRequiredService<IPortal>().FreshAsync(CancellationToken.None);
        app.Services.GetRequiredService<TestWebhooks>().Make(await db.People.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync());
    }
}
