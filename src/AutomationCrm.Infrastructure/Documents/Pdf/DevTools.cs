using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Documents.Pdf;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>
/// Speaks Chromium's DevTools protocol over its loopback port. Its command line could print too, but the small builds for servers lack the part that does.
/// </summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly HashSet<string> events = new(StringComparer.Ordinal);
    private string? session;
    private int last;

    private DevTools()
    {
    }

    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken ct)
    {
        var tools = new DevTools();
        tools.socket.Options.Proxy = null;
        await tools.socket.ConnectAsync(address, ct);
        return tools;
    }

    /// <summary>Opens a page of its own in which scripts do not run, and prints it once everything in it is there.</summary>
    public async Task<byte[]> PrintAsync(string html, CancellationToken ct)
    {
        var target = await CallAsync("Target.createTarget", new() { ["url"] = "about:blank" }, ct);
        var attached = await CallAsync("Target.attachToTarget", new() { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true }, ct);
        session = attached.GetProperty("sessionId").GetString();
        await CallAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true }, ct);
        await CallAsync("Network.enable", [], ct);
        await CallAsync("Network.setBlockedURLs", new() { ["urls"] = new JsonArray("http://*", "https://*", "ws://*", "wss://*", "ftp://*") }, ct);
        await CallAsync("Page.enable", [], ct);
        // Put in, not navigated to: a page of about:blank cannot reach files of the machine, whatever it holds.
        var frame = (await CallAsync("Page.getFrameTree", [], ct)).GetProperty("frameTree").GetProperty("frame").GetProperty("id").GetString();
        events.Clear();
        await CallAsync("Page.setDocumentContent", new() { ["frameId"] = frame, ["html"] = html }, ct);
        while (!events.Contains("Page.loadEventFired")) _ = await ReadAsync(ct);
        var printed = await CallAsync("Page.printToPDF", new() { ["printBackground"] = true, ["preferCSSPageSize"] = true, ["displayHeaderFooter"] = false }, ct);
        return printed.GetProperty("data").GetBytesFromBase64();
    }

    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return default;
    }

    private async Task<JsonElement> CallAsync(string method, JsonObject parameters, CancellationToken ct)
    {
        var message = new JsonObject { ["id"] = ++last, ["method"] = method, ["params"] = parameters };
        if (session is not null) message["sessionId"] = session;
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, ct);
        while (true)
        {
            var answer = await ReadAsync(ct);
            if (!answer.TryGetProperty("id", out var id) || id.GetInt32() != last) continue;
            if (answer.TryGetProperty("error", out var error)) throw new PdfException(PdfException.Failed, $"Chromium refused {method}: {error.GetProperty("message").GetString()}", retryable: true);
            return answer.GetProperty("result");
        }
    }

    private async Task<JsonElement> ReadAsync(CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close) throw new PdfException(PdfException.Failed, "Chromium went away while it printed.", retryable: true);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        using var json = JsonDocument.Parse(message.ToArray());
        if (json.RootElement.TryGetProperty("method", out var method)) events.Add(method.GetString()!);
        return json.RootElement.Clone();
    }
}
