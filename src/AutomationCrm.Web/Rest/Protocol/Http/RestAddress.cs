using System.Globalization;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>
/// A path under /rest, taken apart: /rest/{userId}/{secret}/{method} or /rest/{method}, with any number of slashes anywhere
/// and a format suffix. <see cref="Redacted"/> is the same path without the secret.
/// </summary>
internal sealed record RestAddress(RestCredential? Credential, string Method, bool Xml, string Redacted)
{
    public const string Prefix = "/rest";

    public static RestAddress Parse(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).ToArray();
        if (segments.Length < 2) return Of(credential: null, segments.ElementAtOrDefault(0) ?? "", path);

        // REST 3.0 has the same form under /rest/api; its methods do not exist here, its secrets are secrets all the same.
        var at = segments[0].Equals("api", StringComparison.OrdinalIgnoreCase) && segments.Length > 2 ? 1 : 0;
        var redacted = $"{Prefix}/{string.Join('/', segments.Select((s, i) => i == at + 1 ? "***" : s))}";
        return Of(CredentialOf(segments[at], segments[at + 1]), at == 0 && segments.Length == 3 ? segments[2] : "", redacted);
    }

    private static RestCredential CredentialOf(string user, string secret) =>
        new(long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0, secret, InUrl: true);

    private static RestAddress Of(RestCredential? credential, string method, string redacted)
    {
        var (name, xml) = RestMethodName.Split(method);
        return new RestAddress(credential, name, xml, redacted);
    }
}

/// <summary>Who says he is calling.</summary>
internal sealed record RestCredential(long UserId, string Secret, bool InUrl)
{
    /// <summary>Reads <c>{userId}.{secret}</c>, the form of the Authorization header and of the parameter auth.</summary>
    public static RestCredential? FromToken(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == token.Length - 1) return null;
        return long.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new RestCredential(id, token[(dot + 1)..], InUrl: false)
            : null;
    }

    public override string ToString() => $"user {UserId}";
}
