using System.Net.Http.Json;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Tests.SignIn.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AutomationCrm.Web.Tests.SignIn;

/// <summary>Requests that a foreign site could make a browser send, and addresses it could be sent to.</summary>
public sealed class ForgeryTests
{
    [Fact]
    public async Task Without_its_token_no_form_changes_anything()
    {
        await using var host = await SignInHost.StartAsync(app => app.MapPost("/probe", () => Results.Ok()).RequireAuthorization(Policies.SignedIn));
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/account");
        var before = await host.DumpAsync();

        foreach (var path in new[]
        {
            "/account", "/account/password", "/account/sessions", "/people/new", "/people/1?handler=Save", "/people/1?handler=Link", "/people/1?handler=Deactivate", "/people/departments?handler=Save",
            "/webhooks?handler=Make", "/webhooks?handler=Revoke", "/view-as", "/view-as/stop", "/sign-out", "/sign-in", "/sign-in/link", "/probe",
        })
        {
            var answer = await browser.PostBareAsync(path, ("name", "forged"), ("login", "forged"), ("personId", "1"), ("id", "1"), ("scopes", "crm"), ("new", "correct horse battery"), ("again", "correct horse battery"), ("current", host.First.Password));
            Assert.True(answer.Status == 400, $"{path}: {answer.Status}");
        }

        Assert.Equal(before, await host.DumpAsync());
    }

    [Fact]
    public async Task An_endpoint_of_scripts_takes_the_token_in_the_header()
    {
        await using var host = await SignInHost.StartAsync(app => app.MapPost("/probe", () => Results.Ok()).RequireAuthorization(Policies.SignedIn));
        using var browser = await host.SignedInAsync();
        browser.Headers["X-CSRF-TOKEN"] = await browser.TokenAsync("/account");

        Assert.Equal(200, (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/probe") { Content = JsonContent.Create(new { }) })).Status);
        browser.Headers["X-CSRF-TOKEN"] += "x";
        Assert.Equal(400, (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/probe") { Content = JsonContent.Create(new { }) })).Status);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_of_another_site_is_refused_even_with_a_token(string header, string value)
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        var token = await browser.TokenAsync("/people/new");
        var before = await host.DumpAsync();
        browser.Headers[header] = value;

        var answer = await browser.PostBareAsync("/people/new", ("name", "forged"), ("__RequestVerificationToken", token));

        Assert.Equal(403, answer.Status);
        Assert.Equal(before, await host.DumpAsync());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("%2f%2fevil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("@evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~//evil.example")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string returnUrl)
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = host.Open();

        var answer = await browser.PostAsync("/sign-in", "/sign-in", ("login", host.First.Login), ("password", host.First.Password), ("returnUrl", returnUrl));

        Assert.Equal("/", answer.Location);
        Assert.Equal("/", (await browser.GetAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl))).Location);
    }

    [Fact]
    public async Task A_path_of_the_app_is_where_one_comes_back_to()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = host.Open();
        browser.Headers["Host"] = "evil.example";

        Assert.Equal("/sign-in?returnUrl=%2Fpeople%3Fpage%3D2", (await browser.GetAsync("/people?page=2")).Location);
        browser.Headers.Remove("Host");
        Assert.Equal("/people?page=2", (await browser.PostAsync("/sign-in", "/sign-in", ("login", host.First.Login), ("password", host.First.Password), ("returnUrl", "/people?page=2"))).Location);
    }

    [Fact]
    public async Task Looking_at_every_page_changes_nothing_but_the_last_use()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        var before = await host.DumpAsync();

        foreach (var path in new[] { "/account", "/account/password", "/account/sessions", "/people", "/people/new", "/people/1", "/people/departments", "/webhooks" })
            Assert.True((await browser.GetAsync(path)).Status == 200, path);
        foreach (var path in new[] { "/sign-out", "/view-as", "/view-as/stop", "/sign-in" }) Assert.Equal(302, (await browser.GetAsync(path)).Status);

        Assert.Equal(before, await host.DumpAsync());
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_about_who_may_come_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SignInHost.StartAsync(app =>
        {
            app.MapGet("/open", () => "").AllowAnonymous();
            app.MapGet("/forgotten", () => "");
        }));

        Assert.Contains("/forgotten", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/open", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_do_not_come_into_administration_and_programs_get_a_plain_401()
    {
        await using var host = await SignInHost.StartAsync(app => app.MapGet("/probe", () => "").WithMetadata(new AuthorizeAttribute(Policies.Administrator)));
        using var program = host.Open();
        program.Headers["Accept"] = "application/json";
        Assert.Equal(401, (await program.GetAsync("/probe")).Status);

        var id = await host.SendAsync(new AddPerson(new("Ann", "", "", "ann", "", null, IsAdmin: false)));
        var link = await host.SendAsync(new Application.People.Links.CreateSignInLink(id));
        using var member = host.Open();
        (member.Headers["Sec-Fetch-Site"], member.Headers["Sec-Fetch-Mode"]) = ("none", "navigate");
        await member.GetAsync("/sign-in/link/" + link.Token);

        foreach (var path in new[] { "/people", "/people/1", "/people/new", "/people/departments", "/probe" }) Assert.Equal(403, (await member.GetAsync(path)).Status);
        Assert.Equal(200, (await member.GetAsync("/account")).Status);
    }
}
