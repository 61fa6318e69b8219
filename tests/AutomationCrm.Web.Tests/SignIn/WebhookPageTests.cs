using System.Text.RegularExpressions;
using AutomationCrm.Web.Tests.SignIn.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Web.Tests.SignIn;

public sealed partial class WebhookPageTests
{
    [Fact]
    public async Task A_webhook_is_shown_once_works_by_url_and_header_and_not_after_it_was_revoked()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();

        var made = await browser.PostAsync("/webhooks", "/webhooks?handler=Make", ("name", "Import"), ("scopes", "crm"), ("urlForm", "true"));
        var token = BearerToken().Match(made.Body).Groups["token"].Value;
        var (person, secret) = (token[..token.IndexOf('.', StringComparison.Ordinal)], token[(token.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        Assert.DoesNotContain(secret, (await browser.GetAsync("/webhooks")).Body, StringComparison.Ordinal);

        Assert.Equal(200, (await CallAsync(host, $"/rest/{person}/{secret}/server.time", bearer: null)).Status);
        Assert.Equal(200, (await CallAsync(host, "/rest/server.time", token)).Status);

        var id = await host.ReadAsync(db => db.Webhooks.Where(w => w.Name == "Import").Select(w => w.Id).SingleAsync());
        await browser.PostAsync("/webhooks", "/webhooks?handler=Revoke", ("id", FormattableString.Invariant($"{id}")));
        Assert.Equal(401, (await CallAsync(host, "/rest/server.time", token)).Status);
    }

    [Fact]
    public async Task The_door_of_programs_does_not_read_the_cookie()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();

        Assert.Equal(401, (await browser.GetAsync("/rest/server.time")).Status);
    }

    [Fact]
    public async Task No_secret_is_in_any_log_line_or_any_row()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        var session = browser.Cookies[Web.Hosting.SignIn.SessionCookie.PlainName];
        var made = await browser.PostAsync("/webhooks", "/webhooks?handler=Make", ("name", "Canary"), ("scopes", "crm"), ("urlForm", "true"));
        var token = BearerToken().Match(made.Body).Groups["token"].Value;
        var secret = token[(token.IndexOf('.', StringComparison.Ordinal) + 1)..];
        await CallAsync(host, $"/rest/1/{secret}/server.time", bearer: null);
        await CallAsync(host, "/rest/server.time", token);
        var link = new Uri(host.First.SignInLink).AbsolutePath;
        using var visitor = host.Open();
        await visitor.GetAsync(link);
        await visitor.PostAsync("/sign-in", "/sign-in", ("login", "admin"), ("password", "canary pass phrase"));
        await browser.PostAsync("/account/password", "/account/password", ("current", host.First.Password), ("new", "canary pass phrase 2"), ("again", "canary pass phrase 2"));
        await visitor.PostAsync(link, "/sign-in/link", ("token", link[(link.LastIndexOf('/') + 1)..]));

        string[] canaries =
        [
            secret, host.First.WebhookUrl.Split('/')[^2], link[(link.LastIndexOf('/') + 1)..], host.First.Password, "canary pass phrase", session, browser.Cookies[Web.Hosting.SignIn.SessionCookie.PlainName],
        ];
        var (log, rows) = (host.Log.Text, await host.DumpAsync());

        Assert.Contains("/sign-in/link", log, StringComparison.Ordinal);
        Assert.All(canaries, canary => Assert.True(!log.Contains(canary, StringComparison.Ordinal), Near(log, canary)));
        Assert.All(canaries, canary => Assert.DoesNotContain(canary, rows, StringComparison.Ordinal));
    }

    private static string Near(string log, string canary) => log.IndexOf(canary, StringComparison.Ordinal) is >= 0 and var at ? log[Math.Max(0, at - 200)..at] : "";

    private static Task<PageAnswer> CallAsync(SignInHost host, string path, string? bearer)
    {
        var program = host.Open();
        program.Headers.Clear();
        if (bearer is not null) program.Headers["Authorization"] = "Bearer " + bearer;
        return program.GetAsync(path);
    }

    [GeneratedRegex("Bearer (?<token>[0-9]+\\.acw_[A-Za-z0-9_-]{43})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BearerToken();
}
