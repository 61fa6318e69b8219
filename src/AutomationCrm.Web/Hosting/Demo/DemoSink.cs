using System.Collections.Concurrent;

namespace AutomationCrm.Web.Hosting.Demo;

/// <summary>Where the demo's webhooks arrive: the app itself. It keeps the last deliveries in memory and answers like a friendly receiver.</summary>
internal sealed class DemoSink(TimeProvider clock)
{
    private const int Kept = 50;
    private const int LongestBody = 64 * 1024;

    private readonly ConcurrentQueue<DemoDelivery> received = new();

    public IReadOnlyList<DemoDelivery> Received => [.. received.Reverse()];

    public static void Map(WebApplication app) =>
        app.MapPost("/demo/sink/{name}", async (string name, HttpRequest request, DemoSink sink, CancellationToken ct) =>
        {
            using var reader = new StreamReader(request.Body);
            var buffer = new char[LongestBody];
            var length = await reader.ReadBlockAsync(buffer, ct);
            sink.Add(name, request.Headers["webhook-id"].ToString(), new string(buffer, 0, length));
            return Results.Ok(new { received = true });
        }).AllowAnonymous().DisableAntiforgery();

    private void Add(string name, string id, string body)
    {
        received.Enqueue(new(clock.GetUtcNow(), name, id, body));
        while (received.Count > Kept) received.TryDequeue(out _);
    }
}

internal sealed record DemoDelivery(DateTimeOffset At, string Name, string WebhookId, string Body);
