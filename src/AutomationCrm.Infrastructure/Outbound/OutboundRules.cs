using System.Buffers;
using AutomationCrm.Application.Ports;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>What can be said about a call before any name is resolved.</summary>
internal sealed class OutboundRules(OutboundOptions options, OutboundAllowList allowed)
{
    private const int MostHeaders = 50;
    private const int LongestUrl = 4_096;
    private const int LongestHeader = 8_192;
    private const int LargestBody = 1024 * 1024;

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "GET", "POST", "PUT", "PATCH", "DELETE" };

    // These belong to the connection or would let a caller speak for the door itself.
    private static readonly HashSet<string> RefusedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Keep-Alive", "Expect", "HTTP2-Settings", "Proxy-Authorization", "Proxy-Connection", "Forwarded", "X-Forwarded-For",
    };

    public Uri Check(OutboundRequest request)
    {
        if (!Methods.Contains(request.Method)) throw Refused("outbound.method", "The method is none of GET, POST, PUT, PATCH and DELETE.");
        if (request.Body is { Length: > LargestBody }) throw Refused("outbound.body", "The body is larger than 1 MB.");
        CheckHeaders(request);
        return CheckUrl(request.Url);
    }

    private Uri CheckUrl(string text)
    {
        if (text.Length > LongestUrl || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.IdnHost.Length == 0)
            throw Refused("outbound.url", "The address is not a URL such as https://example.com/path.");
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) throw Refused("outbound.scheme", $"Only https can be called, not {url.Scheme}.");
        if (url.UserInfo.Length > 0) throw Refused("outbound.userinfo", "The address must not carry a user name or a password.");
        if (allowed.Covers(url)) return url;

        if (url.Scheme == Uri.UriSchemeHttp && !options.AllowHttp) throw Refused("outbound.scheme", "Only https can be called, not http.");
        if (!options.EffectivePorts.Contains(url.Port)) throw Refused("outbound.port", $"The port {url.Port} is not one of those that may be called.");
        return url;
    }

    private static void CheckHeaders(OutboundRequest request)
    {
        if (request.Headers.Count > MostHeaders) throw Refused("outbound.header", $"There are more than {MostHeaders} headers.");
        CheckValue("Content-Type", request.ContentType);
        foreach (var (name, value) in request.Headers)
        {
            if (name.Length is 0 or > 128 || name.AsSpan().ContainsAnyExcept(TokenCharacters)) throw Refused("outbound.header", "A header's name has characters that names of headers cannot have.");
            if (RefusedHeaders.Contains(name)) throw Refused("outbound.header", $"The header {name} cannot be set.");
            CheckValue(name, value);
        }
    }

    private static void CheckValue(string name, string value)
    {
        if (value.Length > LongestHeader || value.Any(c => c is < ' ' and not '\t' or > '~')) throw Refused("outbound.header", $"The header {name} must be short plain text without line breaks.");
    }

    private static OutboundException Refused(string code, string message) => new(code, message, retryable: false);
}
