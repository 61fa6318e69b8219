using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Tests.SignIn.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Web.Tests.SignIn;

public sealed class SignInPageTests
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_login_read_the_same_for_the_same_work()
    {
        await using var host = await SignInHost.StartAsync();
        var answers = new List<(int Status, string Text, int Work)>();
        foreach (var login in new[] { "admin", "nobody" })
        {
            using var browser = host.Open();
            var before = host.Hasher.Derivations;
            var answer = await browser.PostAsync("/sign-in", "/sign-in", ("login", login), ("password", "a wrong password"));
            answers.Add((answer.Status, Text(answer.Body), host.Hasher.Derivations - before));
            Assert.DoesNotContain(SessionCookie.PlainName, browser.Cookies.Keys);
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal((200, 1), (answers[0].Status, answers[0].Work));
        Assert.Contains("The login or the password is wrong", answers[0].Text, StringComparison.Ordinal);

        static string Text(string body) => body[body.IndexOf("alert-body", StringComparison.Ordinal)..body.IndexOf("<form", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task The_cookie_is_for_this_host_and_no_script_and_over_tls_for_tls_only()
    {
        await using var host = await SignInHost.StartAsync();
        using var plain = host.Open();
        using var secure = host.Open();
        secure.Headers[SignInHost.SchemeHeader] = "https";

        var overHttp = await SetAsync(plain);
        var overTls = await SetAsync(secure);

        Assert.StartsWith("crm-session=", overHttp, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax; httponly", overHttp, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", overHttp, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("__Host-crm=", overTls, StringComparison.Ordinal);
        Assert.Contains("; path=/; secure; samesite=lax; httponly", overTls, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", overTls, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await secure.GetAsync("/account")).Status);

        async Task<string> SetAsync(Browser browser) =>
            (await browser.PostAsync("/sign-in", "/sign-in", ("login", host.First.Login), ("password", host.First.Password)))
                .SetCookies.Single(c => c.Contains("crm-session", StringComparison.Ordinal) || c.Contains("__Host-crm=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cookie_changed_in_any_character_is_refused()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        var token = browser.Cookies[SessionCookie.PlainName];

        for (var i = 0; i < token.Length; i++)
        {
            browser.Cookies[SessionCookie.PlainName] = token[..i] + (char)(token[i] ^ 1) + token[(i + 1)..];
            Assert.Equal("/sign-in?returnUrl=%2Faccount", (await browser.GetAsync("/account")).Location);
        }

        browser.Cookies[SessionCookie.PlainName] = token;
        Assert.Equal(200, (await browser.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_cookie_from_before_the_sign_out_opens_nothing_any_more()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        var old = browser.Cookies[SessionCookie.PlainName];

        var answer = await browser.PostAsync("/account", "/sign-out");

        Assert.Equal("/sign-in", answer.Location);
        Assert.DoesNotContain(SessionCookie.PlainName, browser.Cookies.Keys);
        browser.Cookies[SessionCookie.PlainName] = old;
        Assert.Equal(302, (await browser.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Signing_in_makes_a_new_token_and_ends_the_session_that_was_there()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        var before = browser.Cookies[SessionCookie.PlainName];

        // An authenticated browser is redirected away from the form, so the token comes from another page.
        await browser.PostAsync("/account", "/sign-in", ("login", host.First.Login), ("password", host.First.Password));

        Assert.NotEqual(before, browser.Cookies[SessionCookie.PlainName]);
        Assert.Equal(1, await host.ReadAsync(db => db.SignInSessions.CountAsync()));
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_of_other_browsers_and_keeps_this_one()
    {
        await using var host = await SignInHost.StartAsync();
        using var here = await host.SignedInAsync();
        using var there = await host.SignedInAsync();
        const string Password = "correct horse battery";

        var wrong = await here.PostAsync("/account/password", "/account/password", ("current", "not it"), ("new", Password), ("again", Password));
        Assert.Contains("The current password is wrong", wrong.Body, StringComparison.Ordinal);
        var changed = await here.PostAsync("/account/password", "/account/password", ("current", host.First.Password), ("new", Password), ("again", Password));

        Assert.Equal("/account", changed.Location);
        Assert.Equal(200, (await here.GetAsync("/account")).Status);
        Assert.Equal(302, (await there.GetAsync("/account")).Status);
        using var again = await host.SignedInAsync(Password);
    }

    [Fact]
    public async Task Ones_sessions_are_listed_and_another_one_can_be_ended()
    {
        await using var host = await SignInHost.StartAsync();
        using var here = await host.SignedInAsync();
        using var there = await host.SignedInAsync();
        var page = (await here.GetAsync("/account/sessions")).Body;
        var start = page.IndexOf("name=\"id\" value=\"", StringComparison.Ordinal) + 17;

        var answer = await here.PostAsync("/account/sessions", "/account/sessions", ("id", page[start..(start + 64)]));

        Assert.Equal(302, answer.Status);
        Assert.Equal(302, (await there.GetAsync("/account")).Status);
        Assert.Equal(200, (await here.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task The_address_that_guesses_on_and_on_is_told_to_wait()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = host.Open();
        var token = await browser.TokenAsync("/sign-in");
        PageAnswer answer = null!;
        for (var i = 0; i < 21; i++)
            answer = await browser.PostBareAsync("/sign-in", ("login", $"somebody{i}"), ("password", "wrong password"), ("__RequestVerificationToken", token));

        Assert.Equal(429, answer.Status);
    }
}
