using System.Globalization;
using System.Text;
using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Other;

/// <summary>Makes webhook calls with the headers of Standard Webhooks; the effect key is the <c>webhook-id</c> of every attempt.</summary>
internal sealed class WebhookSender(IOutboundHttp http, ISigningKeys keys, TimeProvider clock) : IEffectSender
{
    public const string EffectKind = "webhook";

    private const int KeptBytes = 16 * 1024;
    private const int ResultBytes = 4 * 1024;

    public string Kind => EffectKind;

    public async Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
    {
        var request = WebhookRequest.Parse(requestJson);
        if (request.Sign && keys.Keys.Count == 0) return new(null, null, "There is no signing secret; set Crm:Outbound:SigningSecrets.", Retryable: false);

        try
        {
            var body = Encoding.UTF8.GetBytes(request.Body ?? "");
            var answer = await http.SendAsync(
                new(request.Method, request.Url) { Headers = Headers(request, body, effectKey), Body = request.Body is null ? null : body, ContentType = request.ContentType },
                ct);
            return Judge(answer, request);
        }
        catch (OutboundException failure)
        {
            return new(null, null, failure.Message, failure.Retryable);
        }
    }

    private Dictionary<string, string> Headers(WebhookRequest request, byte[] body, Guid effectKey)
    {
        var headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase);
        var (id, timestamp) = (effectKey.ToString("D"), clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        headers["webhook-id"] = id;
        headers["webhook-timestamp"] = timestamp;
        headers.Remove("webhook-signature");
        if (request.Sign) headers["webhook-signature"] = WebhookSignature.Of(keys.Keys, id, timestamp, body);
        headers.Remove(ChainHeader.Name);
        if (request.Chain is { } chain) headers[ChainHeader.Name] = chain;
        return headers;
    }

    private SendResult Judge(OutboundAnswer answer, WebhookRequest request)
    {
        var kept = Text(answer.Body.Span, KeptBytes);
        return answer.Status switch
        {
            >= 200 and < 300 => Answered(answer, request, kept),
            >= 300 and < 400 => new(answer.Status, kept, $"Answered {answer.Status}; redirects are not followed.", Retryable: false),
            408 or 429 or >= 500 => new(answer.Status, kept, $"Answered {answer.Status}.", Retryable: true) { RetryAfter = RetryAfter(answer) },
            _ => new(answer.Status, kept, $"Answered {answer.Status}.", Retryable: false),
        };
    }

    private static SendResult Answered(OutboundAnswer answer, WebhookRequest request, string kept)
    {
        var results = new Dictionary<string, Value>
        {
            [CallWebhookRobot.Status] = Value.Of((decimal)answer.Status),
            [CallWebhookRobot.Body] = Value.Of(Text(answer.Body.Span, ResultBytes)),
        };
        if (request.Results.Count == 0) return new(answer.Status, kept, null, Retryable: false) { Results = results };

        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            foreach (var (name, path) in request.Results) results[name] = JsonPath.Read(json.RootElement, path);
            return new(answer.Status, kept, null, Retryable: false) { Results = results };
        }
        // A text with half a character is refused only when it is read. The call has been made: it is not made again because of its answer.
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return new(answer.Status, kept, "The answer is no JSON, so that no results can be taken from it.", Retryable: false);
        }
    }

    private TimeSpan? RetryAfter(OutboundAnswer answer)
    {
        if (!answer.Headers.TryGetValue("Retry-After", out var text)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at > clock.GetUtcNow() ? at - clock.GetUtcNow() : null;
    }

    /// <summary>The beginning of an answer as text; a character is never cut in two.</summary>
    private static string Text(ReadOnlySpan<byte> body, int most)
    {
        var length = Math.Min(body.Length, most);
        while (length > 0 && length < body.Length && (body[length] & 0xC0) == 0x80) length--;
        return Encoding.UTF8.GetString(body[..length]).Replace('\0', '\uFFFD');
    }
}
