using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>One administrator with every scope, one member with none, one webhook that refuses the URL form.</summary>
internal sealed class StubWebhooks : IWebhookAuthenticator
{
    public const string Secret = "canary0secret1value";
    public const string MemberSecret = "member0secret";
    public const string HeaderOnlySecret = "header0only";

    public ValueTask<WebhookIdentity?> AuthenticateAsync(long userId, string secret, CancellationToken ct) => ValueTask.FromResult((userId, secret) switch
    {
        (1, Secret) => new WebhookIdentity(10, 1, IsAdministrator: true, Scopes("crm", "automation", "user")),
        (2, MemberSecret) => new WebhookIdentity(11, 2, IsAdministrator: false, Scopes()),
        (3, HeaderOnlySecret) => new WebhookIdentity(12, 3, IsAdministrator: false, Scopes("crm")) { UrlAllowed = false },
        (4, _) => throw new InvalidOperationException("the database is away"),
        _ => null,
    });

    private static HashSet<string> Scopes(params string[] scopes) => [.. scopes];
}
