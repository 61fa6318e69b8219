using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Testing;

/// <summary>A request as the sink got it. <see cref="Target"/> is path and query as they were on the wire.</summary>
public sealed record SinkRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>What the sink answers. <see cref="Abort"/> cuts the connection without an answer; <see cref="Delay"/> comes before either.</summary>
public sealed record SinkAnswer(int Status = 200, string Body = "", string ContentType = "text/plain; charset=utf-8")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public TimeSpan Delay { get; init; }

    public bool Abort { get; init; }
}

/// <summary>A real HTTP server on a free loopback port that records requests and answers as told.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SinkRequest> _requests = new();
    private readonly ConcurrentQueue<SinkAnswer> _once = new();
    private Func<SinkRequest, SinkAnswer> _answer = _ => new SinkAnswer();

    private HttpSink(WebApplication app) => _app = app;

    /// <summary>http://127.0.0.1:port, without a slash at the end.</summary>
    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<SinkRequest> Requests => [.. _requests];

    public static async Task<HttpSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Test" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var sink = new HttpSink(builder.Build());
        sink._app.Run(sink.ReceiveAsync);
        await sink._app.StartAsync();
        var addresses = sink._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!;
        sink.Address = new Uri(addresses.Addresses.Single());
        return sink;
    }

    /// <summary>The answer to every request that has no answer of its own.</summary>
    public void Answer(Func<SinkRequest, SinkAnswer> answer) => _answer = answer;

    /// <summary>The answers to the next requests, one each, in this order.</summary>
    public void AnswerOnce(params IEnumerable<SinkAnswer> answers)
    {
        foreach (var answer in answers) _once.Enqueue(answer);
    }

    public async Task<IReadOnlyList<SinkRequest>> WaitForAsync(int count, TimeSpan? timeout = null)
    {
        await Eventually.Async(() => _requests.Count >= count, timeout, $"{count} requests at the sink");
        return Requests;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new SinkRequest(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers, body.ToArray());
        var answer = _once.TryDequeue(out var next) ? next : _answer(request);
        _requests.Enqueue(request);

        if (answer.Delay > TimeSpan.Zero) await Task.Delay(answer.Delay, context.RequestAborted);
        if (answer.Abort)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.Body.Length > 0) await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
