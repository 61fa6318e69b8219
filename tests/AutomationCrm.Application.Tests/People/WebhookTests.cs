using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.People;
using AutomationCrm.Application.People.Links;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Application.People.Webhooks;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.People;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_webhook_is_found_by_its_owner_and_its_whole_secret_only()
    {
        await using var host = await PeopleHost.StartAsync();
        var other = await host.AddAsync("Other");
        var secret = host.Admin.WebhookSecret;

        var grant = await host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, secret, InUrl: true));

        Assert.Equal((true, WebhookScopes.All.Count), (grant!.IsAdmin, grant.Scopes.Count));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(other, secret, InUrl: true)));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), InUrl: true)));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, secret[..^1], InUrl: true)));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, "", InUrl: true)));
        Assert.StartsWith("acw_", secret, StringComparison.Ordinal);
        Assert.Equal(Secret.HashOf(secret), await host.ReadAsync(db => db.Webhooks.Select(w => w.SecretHash).SingleAsync()));
    }

    [Fact]
    public async Task The_url_form_is_for_webhooks_made_for_it()
    {
        await using var host = await PeopleHost.StartAsync();
        var made = await host.SendInAsync(await host.AdminTokenAsync(), new CreateWebhook("header only", ["crm"], UrlForm: false, ExpiresAt: null));

        Assert.NotNull(await host.SendAsync(new AuthenticateWebhook(made.PersonId, made.Secret, InUrl: false)));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(made.PersonId, made.Secret, InUrl: true)));
    }

    [Fact]
    public async Task An_ended_webhook_is_refused_from_that_moment_on()
    {
        await using var host = await PeopleHost.StartAsync();
        var made = await host.SendInAsync(await host.AdminTokenAsync(), new CreateWebhook("a while", ["crm"], false, host.Clock.GetUtcNow().AddMilliseconds(500)));

        Assert.NotNull(await host.SendAsync(new AuthenticateWebhook(made.PersonId, made.Secret, InUrl: false)));
        host.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(made.PersonId, made.Secret, InUrl: false)));
    }

    [Fact]
    public async Task A_revoked_webhook_is_refused_at_once()
    {
        await using var host = await PeopleHost.StartAsync();
        var id = (await host.SendAsync(new ListWebhooks())).Single().Id;
        Assert.NotNull(await host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, host.Admin.WebhookSecret, InUrl: true)));

        await host.SendAsync(new RevokeWebhook(id));

        Assert.Null(await host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, host.Admin.WebhookSecret, InUrl: true)));
    }

    [Fact]
    public async Task The_last_use_is_written_at_most_once_a_minute()
    {
        await using var host = await PeopleHost.StartAsync();
        var first = host.Clock.GetUtcNow();

        await UseAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        await UseAsync(host);
        Assert.Equal(first, await LastUseAsync(host));

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await UseAsync(host);
        Assert.Equal(host.Clock.GetUtcNow(), await LastUseAsync(host));
    }

    [Fact]
    public async Task Members_see_and_revoke_their_own_webhooks_only()
    {
        await using var host = await PeopleHost.StartAsync();
        var id = await host.AddAsync("Ann", login: "ann");
        var token = (await host.SendAsync(new UseSignInLink((await host.SendAsync(new CreateSignInLink(id))).Token, "test")))!.Token;
        var mine = await host.SendInAsync(token, new CreateWebhook("mine", ["crm"], false, null));
        var admins = (await host.SendAsync(new ListWebhooks())).Single(w => w.PersonId == host.Admin.PersonId);

        Assert.Equal([mine.Id], (await host.SendInAsync(token, new ListWebhooks())).Select(w => w.Id));
        await Assert.ThrowsAsync<NotFoundException>(() => host.SendInAsync(token, new RevokeWebhook(admins.Id)));
        Assert.Null(await host.ReadAsync(db => db.Webhooks.Where(w => w.Id == admins.Id).Select(w => w.RevokedAt).SingleAsync()));
    }

    [Fact]
    public async Task Bad_webhooks_are_refused_and_none_is_made_through_borrowed_eyes()
    {
        await using var host = await PeopleHost.StartAsync();
        var token = await host.AdminTokenAsync();

        await Assert.ThrowsAsync<ValidationException>(() => host.SendInAsync(token, new CreateWebhook("none", [], false, null)));
        await Assert.ThrowsAsync<ValidationException>(() => host.SendInAsync(token, new CreateWebhook("unknown", ["root"], false, null)));
        await Assert.ThrowsAsync<ValidationException>(() => host.SendInAsync(token, new CreateWebhook("past", ["crm"], false, host.Clock.GetUtcNow())));

        await host.SendInAsync(token, new StartViewAs(await host.AddAsync("Demo", isDemo: true)));
        await Assert.ThrowsAsync<AccessDeniedException>(() => host.SendInAsync(token, new CreateWebhook("borrowed", ["crm"], false, null)));
        Assert.Equal(1, await host.ReadAsync(db => db.Webhooks.CountAsync()));
    }

    private static Task UseAsync(PeopleHost host) => host.SendAsync(new AuthenticateWebhook(host.Admin.PersonId, host.Admin.WebhookSecret, InUrl: true));

    private static Task<DateTimeOffset?> LastUseAsync(PeopleHost host) => host.ReadAsync(db => db.Webhooks.Select(w => w.LastUsedAt).SingleAsync());
}
