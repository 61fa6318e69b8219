using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

internal sealed record TestWebhook(long Id, long Person, string Secret, bool IsAdmin, IReadOnlySet<string> Scopes)
{
    public bool Revoked { get; init; }

    public string Token => $"{Person}.{Secret}";
}

/// <summary>The webhooks of the rights matrix.</summary>
internal sealed class TestWebhooks : IWebhookAuthenticator
{
    public TestWebhook Admin { get; private set; } = null!;

    public TestWebhook Member { get; private set; } = null!;

    /// <summary>Of another member, for what is not everybody's.</summary>
    public TestWebhook Other { get; private set; } = null!;

    /// <summary>Of the administrator, without the scopes crm, automation and im.</summary>
    public TestWebhook Foreign { get; private set; } = null!;

    public TestWebhook Revoked { get; private set; } = null!;

    public IReadOnlyList<(string Name, TestWebhook Hook)> All => [("administrator", Admin), ("member", Member), ("foreign", Foreign), ("revoked", Revoked)];

    public void Make(IReadOnlyList<long> people)
    {
        Admin = new(1, people[0], "admin0secret", IsAdmin: true, Scopes("crm", "automation", "user", "im"));
        Member = new(2, people[1], "member0secret", IsAdmin: false, Scopes("crm", "automation", "user", "im"));
        Other = new(3, people[2], "other0secret", IsAdmin: false, Scopes("crm", "automation", "user", "im"));
        Foreign = new(4, people[0], "foreign0secret", IsAdmin: true, Scopes("user"));
        Revoked = new(5, people[0], "revoked0secret", IsAdmin: true, Scopes("crm", "automation", "user", "im")) { Revoked = true };
    }

    public ValueTask<WebhookIdentity?> AuthenticateAsync(long userId, string secret, CancellationToken ct)
    {
        TestWebhook[] all = [Admin, Member, Other, Foreign, Revoked];
        var found = all.FirstOrDefault(w => w.Person == userId && w.Secret == secret && !w.Revoked);
        return ValueTask.FromResult(found is null ? null : new WebhookIdentity(found.Id, found.Person, found.IsAdmin, found.Scopes));
    }

    private static HashSet<string> Scopes(params string[] scopes) => [.. scopes];
}
