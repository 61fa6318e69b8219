using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Http;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>The REST door on a real port, with stub methods behind it.</summary>
internal sealed class RestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RestHost(WebApplication app, ManualClock clock, RecordedLog log)
    {
        (_app, Clock, Log) = (app, clock, log);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public static RestMethodTable Table { get; } = new(ServiceMethods.All, StubMethods.All);

    public static string Hook => $"/rest/1/{StubWebhooks.Secret}/";

    public HttpClient Client { get; }

    public ManualClock Clock { get; }

    public RecordedLog Log { get; }

    public StubRows Rows => _app.Services.GetRequiredService<StubRows>();

    public static async Task<RestHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var clock = new ManualClock(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        var log = new RecordedLog();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.Services.AddRoutingCore().AddSingleton<TimeProvider>(clock).AddSingleton(new StubRows(120)).AddSingleton<IWebhookAuthenticator, StubWebhooks>();
        builder.Services.AddRest(Table);
        var app = builder.Build();
        app.MapRest();
        await app.StartAsync();
        return new RestHost(app, clock, log);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Exactly(path)));

    public Task<Answer> PostAsync(string path, string body, string type = "application/json") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, type) });

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await Client.SendAsync(request))
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString() ?? "", response.Headers.ToString());
    }

    // The bytes of the test, not what Uri makes of them.
    private Uri Exactly(string path) => new(Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Log.Dispose();
    }
}

/// <summary>An answer of the server and its parts.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string Type, string Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Result => Json.GetProperty("result");

    public string Error => Json.GetProperty("error").GetString()!;

    public string Description => Json.GetProperty("error_description").GetString()!;
}

internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose() => _lines.Clear();

    private sealed class Recorder(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            log._lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue($"{category} {formatter(state, exception)} {exception}");
    }
}
