using System.Net.Http.Headers;
using System.Text.Json;

namespace AutomationCrm.Testing.Nodes;

/// <summary>What a node answered: the status, and the member <c>result</c> as JSON text when there is one.</summary>
public readonly record struct RestAnswer(int Status, string? Result)
{
    public bool Succeeded => Status == 200 && Result is not null;
}

/// <summary>Calls REST methods as a program outside does: JSON over kept connections, with the secret of the first run.</summary>
public sealed class RestDoor : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly string _path;

    private RestDoor(HttpClient http, string path) => (_http, _path) = (http, path);

    /// <param name="firstRunFile">Of the node that was the first on the database.</param>
    public static async Task<RestDoor> OpenAsync(Uri node, string firstRunFile, TimeSpan timeout, int connections = 64)
    {
        using var note = JsonDocument.Parse(await File.ReadAllTextAsync(firstRunFile));
        var webhook = new Uri(note.RootElement.GetProperty("webhookUrl").GetString()!);
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = node,
            Timeout = timeout,
        };
        return new RestDoor(http, webhook.AbsolutePath);
    }

    /// <summary>Throws what <see cref="HttpClient"/> throws when there was no answer.</summary>
    public async Task<RestAnswer> CallAsync(string method, byte[] body, Guid? commandId = null, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _path + method) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        if (commandId is { } id) request.Headers.Add("X-Command-Id", id.ToString("D"));
        using var answer = await _http.SendAsync(request, ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
        using var json = JsonDocument.Parse(bytes);
        return new RestAnswer((int)answer.StatusCode, json.RootElement.TryGetProperty("result", out var result) ? result.GetRawText() : null);
    }

    public async Task<RestAnswer> CallAsync(string method, object body, Guid? commandId = null, CancellationToken ct = default) =>
        await CallAsync(method, JsonSerializer.SerializeToUtf8Bytes(body), commandId, ct);

    /// <summary>Throws when the method refuses; answers its result as JSON.</summary>
    public async Task<JsonElement> RequireAsync(string method, object body, CancellationToken ct = default)
    {
        var answer = await CallAsync(method, body, commandId: null, ct);
        return answer.Succeeded ? JsonSerializer.Deserialize<JsonElement>(answer.Result!) : throw new InvalidOperationException($"{method} answered {answer.Status}.");
    }

    public void Dispose() => _http.Dispose();
}
