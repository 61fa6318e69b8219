using System.Buffers;
using System.Text;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using Microsoft.Net.Http.Headers;

namespace AutomationCrm.Web.Rest.Protocol.Reading;

/// <summary>All four encodings into one tree of parameters: query first, then the body, which wins.</summary>
internal static class RestRequestReader
{
    public static async Task<RestMap> ReadAsync(HttpRequest request, int maxBytes, RestLimits limits, CancellationToken ct)
    {
        var parameters = BracketReader.Parse(request.QueryString.Value is ['?', .. var query] ? query : "", limits);
        if (HttpMethods.IsGet(request.Method)) return parameters;

        var body = await ReadBodyAsync(request, maxBytes, ct);
        foreach (var (key, value) in await ParseBodyAsync(body, request.ContentType, limits, ct)) Override(parameters, key, value);
        return parameters;
    }

    private static void Override(RestMap parameters, string key, RestValue value)
    {
        foreach (var (other, _) in parameters.ToArray())
        {
            if (other.Equals(key, StringComparison.OrdinalIgnoreCase)) parameters.Remove(other);
        }

        parameters[key] = value;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, int maxBytes, CancellationToken ct)
    {
        if (request.ContentLength > maxBytes) throw TooLarge(maxBytes);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > maxBytes) throw TooLarge(maxBytes);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task<RestMap> ParseBodyAsync(byte[] body, string? contentType, RestLimits limits, CancellationToken ct)
    {
        if (body.Length == 0) return [];
        _ = MediaTypeHeaderValue.TryParse(contentType, out var type);
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            return await MultipartTreeReader.ParseAsync(body, type, limits, ct);
        if (type?.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
            return BracketReader.Parse(DecodeUtf8(body), limits);
        return IsJson(type, body) ? JsonTreeReader.Parse(body, limits) : BracketReader.Parse(DecodeUtf8(body), limits);
    }

    // Clients that send JSON without saying so exist; a form never starts with a brace.
    private static bool IsJson(MediaTypeHeaderValue? type, byte[] body) =>
        type?.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true
        || body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static string DecodeUtf8(byte[] body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body).Trim('\r', '\n');
        }
        catch (DecoderFallbackException)
        {
            throw RestTreeGuard.Malformed("The body is not valid UTF-8.");
        }
    }

    private static RestException TooLarge(int maxBytes) =>
        new(new RestError(413, RestLimits.TooLargeCode, $"The body is larger than {maxBytes} bytes."));
}
