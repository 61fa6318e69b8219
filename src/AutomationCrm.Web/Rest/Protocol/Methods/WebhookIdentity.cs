namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>The webhook behind a call: it acts as its owner, within its scopes.</summary>
internal sealed record WebhookIdentity(long WebhookId, long UserId, bool IsAdministrator, IReadOnlySet<string> Scopes)
{
    /// <summary>Whether the secret is accepted in the URL; off for webhooks that are header-only.</summary>
    public bool UrlAllowed { get; init; } = true;
}

/// <summary>
/// Finds the webhook of a user by its secret; null when there is none, it is revoked or expired. The implementation
/// stores SHA-256 only and compares in constant time. The address may narrow it.
/// </summary>
internal interface IWebhookAuthenticator
{
    ValueTask<WebhookIdentity?> AuthenticateAsync(long userId, string secret, CancellationToken ct);
}

/// <summary>Tells the scope of one call who is acting, under which command id and in which chain, before the handler runs.</summary>
internal interface IRestCallScope
{
    void Begin(RestRequest request, RestMethod method);
}

/// <summary>Translates an exception of a use case; null when it is not known. Unknown ones answer 500 without details.</summary>
internal interface IRestErrorMapper
{
    RestError? Map(Exception exception, RestMethod method);
}
