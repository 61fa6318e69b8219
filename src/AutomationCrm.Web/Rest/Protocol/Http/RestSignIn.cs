using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>Finds the webhook of a request: by URL, by <c>Authorization: Bearer {userId}.{secret}</c> or by the parameter auth.</summary>
internal sealed class RestSignIn(IWebhookAuthenticator webhooks, SignInLockout lockout, IOptions<RestOptions> options)
{
    private const string Scheme = "Bearer ";

    /// <summary>The credential outside the body, or null.</summary>
    public static RestCredential? FromHead(HttpContext context, RestSecrets secrets)
    {
        if (secrets.Address.Credential is { } inUrl) return inUrl;
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return FromToken(header[Scheme.Length..].Trim());
        return secrets.QueryToken is { } token ? FromToken(token) : null;
    }

    /// <summary>Takes the parameter auth away from the method, which must never see or echo it.</summary>
    public static string? TakeToken(RestMap parameters)
    {
        var token = parameters.FindAnyCase("auth")?.Text;
        foreach (var name in parameters.Select(p => p.Key).Where(k => k.Equals("auth", StringComparison.OrdinalIgnoreCase)).ToArray()) parameters.Remove(name);
        return token;
    }

    public static RestCredential? FromBody(string? token) => string.IsNullOrEmpty(token) ? null : FromToken(token);

    /// <summary>The webhook; throws the error of the protocol when there is none.</summary>
    public async ValueTask<WebhookIdentity> RequireAsync(HttpContext context, RestCredential? credential, CancellationToken ct)
    {
        var address = context.Connection.RemoteIpAddress;
        if (credential is null) throw new RestException(RestErrors.NoAuth);
        if (lockout.IsLocked(address)) throw new RestException(RestErrors.LockedOut);
        var caller = credential.UserId > 0 ? await webhooks.AuthenticateAsync(credential.UserId, credential.Secret, ct) : null;
        if (caller is not null && (!credential.InUrl || (caller.UrlAllowed && options.Value.UrlSecrets))) return caller;

        lockout.Failed(address);
        throw new RestException(credential.InUrl ? RestErrors.BadCredentials : RestErrors.BadToken);
    }

    private static RestCredential FromToken(string token) => RestCredential.FromToken(token) ?? throw new RestException(RestErrors.BadToken);
}
