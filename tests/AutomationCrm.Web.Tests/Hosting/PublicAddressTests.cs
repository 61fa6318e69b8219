using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.Hosting;

/// <summary>What anybody may ask for who knows an address: the address is the secret, and nobody may ask for it endlessly.</summary>
public sealed class PublicAddressTests
{
    private const string Token = "AbCdEfGhIjKlMnOpQrSt_1";

    [Fact]
    public async Task No_token_of_a_public_address_reaches_a_log_even_at_the_lowest_level()
    {
        await using var host = await SignInHost.StartAsync();
        using var visitor = host.Open();
        string[] paths = [$"/d/{Token}", $"/d/{Token}/pdf", $"/client/{Token}", $"/Client/{Token}/", $"/q/{Token}", $"/m/o/{Token}.gif", $"/m/l/{Token}/1", $"/m/u/{Token}", $"/m/u/{Token}?x=1"];

        foreach (var path in paths) await visitor.GetAsync(path);
        await visitor.PostBareAsync($"/client/{Token}", ("text", "Hello"));
        await visitor.PostBareAsync($"/m/u/{Token}", ("List-Unsubscribe", "One-Click"));

        Assert.Contains("/client", host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, host.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/m/o/AbCdEfGhIjKlMnOpQrSt_1.gif")]
    [InlineData("/m/l/AbCdEfGhIjKlMnOpQrSt_1/1")]
    [InlineData("/m/u/AbCdEfGhIjKlMnOpQrSt_1")]
    [InlineData("/d/AbCdEfGhIjKlMnOpQrSt_1")]
    [InlineData("/client/AbCdEfGhIjKlMnOpQrSt_1")]
    [InlineData("/q/AbCdEfGhIjKlMnOpQrSt_1")]
    [InlineData("/forms/AbCdEfGhIjKlMnOpQrSt_1")]
    public async Task Whoever_asks_too_often_waits_and_the_rest_of_the_app_does_not(string path)
    {
        await using var host = await SignInHost.StartAsync(settings: new Dictionary<string, string> { ["Crm:PublicRequestsPerMinute"] = "3" });
        using var visitor = host.Open();

        for (var i = 0; i < 3; i++) Assert.NotEqual(429, (await visitor.GetAsync(path)).Status);

        Assert.Equal(429, (await visitor.GetAsync(path)).Status);
        Assert.Equal(200, (await visitor.GetAsync("/sign-in")).Status);
    }

    [Fact]
    public async Task A_refused_form_leads_back_to_this_site_whatever_the_referer_says()
    {
        await using var host = await SignInHost.StartAsync(real: true);
        using var browser = await host.SignedInAsync();
        browser.Headers["Referer"] = $"{host.Address.GetLeftPart(UriPartial.Authority)}//evil.example/deals";

        var answer = await browser.PostAsync("/account", "/import", ("preset", "sales"));

        Assert.Equal((302, "/"), (answer.Status, answer.Location));
    }
}
