using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Campaign;

/// <summary>The world outside: an HTTP server that writes every call into the ledger and takes a moment to answer.</summary>
internal sealed class EffectSink : IAsyncDisposable
{
    private const int LongestDelay = 30;

    private readonly WebApplication app;
    private readonly Ledger ledger;

    private EffectSink(WebApplication app, Ledger ledger) => (this.app, this.ledger) = (app, ledger);

    public string Origin { get; private set; } = "";

    public static async Task<EffectSink> StartAsync(Ledger ledger)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new EffectSink(builder.Build(), ledger);
        sink.app.Run(sink.ReceiveAsync);
        await sink.app.StartAsync();
        sink.Origin = sink.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var at = ledger.Now;
        using var body = new MemoryStream();
        // The caller may die at any moment; what has arrived counts all the same.
        await context.Request.Body.CopyToAsync(body, CancellationToken.None);
        await Task.Delay(Random.Shared.Next(LongestDelay), CancellationToken.None);
        var hash = Convert.ToHexString(SHA256.HashData(body.ToArray()));
        ledger.Append(new("effect", at) { Id = Guid.Parse(context.Request.Headers["webhook-id"].ToString()), Stage = context.Request.Path, Text = hash, End = ledger.Now });
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
