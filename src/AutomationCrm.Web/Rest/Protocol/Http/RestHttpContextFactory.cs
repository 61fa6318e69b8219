using AutomationCrm.Web.Rest.Protocol.Reading;
using AutomationCrm.Web.Rest.Protocol.Tree;
using Microsoft.AspNetCore.Http.Features;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>
/// Takes secrets out of path and query while the request is made, before the host logs, traces or routes it (A17),
/// and keeps them in <see cref="RestSecrets"/>. A middleware would come too late: the host's log scope holds the path.
/// </summary>
internal sealed class RestHttpContextFactory(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var context = _inner.Create(featureCollection);
        var path = context.Request.Path.Value ?? "";
        return IsRest(path) ? Hide(context, path) : context;
    }

    public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);

    // Slashes in front are counted in: //rest/1/secret/profile must not be logged either.
    private static bool IsRest(string path)
    {
        var trimmed = path.AsSpan().TrimStart('/');
        return trimmed.StartsWith("rest", StringComparison.OrdinalIgnoreCase) && (trimmed.Length == 4 || trimmed[4] == '/');
    }

    private static HttpContext Hide(HttpContext context, string path)
    {
        var address = RestAddress.Parse(path);
        var (query, token) = TakeToken(context.Request.QueryString.Value ?? "");
        context.Features.Set(new RestSecrets(address, token));
        // One form for routing: /rest in lower case, single slashes.
        context.Request.Path = address.Redacted == path ? RestAddress.Prefix + path[(path.IndexOf("rest", StringComparison.OrdinalIgnoreCase) + 4)..] : address.Redacted;
        context.Request.QueryString = new QueryString(query);
        if (context.Features.Get<IHttpRequestFeature>() is { } request) request.RawTarget = context.Request.Path + query;
        return context;
    }

    private static (string Query, string? Token) TakeToken(string query)
    {
        if (!query.Contains("auth", StringComparison.OrdinalIgnoreCase) && !query.Contains('%', StringComparison.Ordinal)) return (query, null);
        string? token = null;
        var kept = new List<string>();
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            if (!IsToken(pair)) kept.Add(pair);
            else token = BracketReader.Parse(pair, new RestLimits()).FirstOrDefault().Value?.Text ?? token;
        }

        return token is null ? (query, null) : (kept.Count == 0 ? "" : "?" + string.Join('&', kept), token);
    }

    private static bool IsToken(string pair)
    {
        var split = pair.IndexOf('=', StringComparison.Ordinal);
        return split > 0 && Uri.UnescapeDataString(pair[..split]).Equals("auth", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What was taken out of the request: the parsed address with its credential and the token of the query.</summary>
internal sealed record RestSecrets(RestAddress Address, string? QueryToken);
