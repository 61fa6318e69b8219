using System.Text.RegularExpressions;
using AutomationCrm.Application.People.SecondFactors;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.SignIn;

public sealed class SecondFactorTests
{
    // RFC 6238, appendix B, SHA-1, the last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf("12345678901234567890"u8.ToArray(), Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_as_the_RFC_says(string text, string expected) => Assert.Equal(expected, Base32.Encode(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public async Task Password_and_code_sign_in_and_a_code_opens_once()
    {
        await using var host = await SignInHost.StartAsync();
        using var owner = await host.SignedInAsync();
        var (secret, recovery) = await SetUpAsync(host, owner);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        var code = Totp.CodeOf(secret, Totp.StepOf(host.Clock.GetUtcNow()));

        using var first = await PasswordAsync(host);
        Assert.Equal(302, (await first.GetAsync("/account")).Status);
        Assert.Equal(200, (await first.PostAsync("/sign-in/code", "/sign-in/code", ("code", "000000"))).Status);
        Assert.Equal(302, (await first.PostAsync("/sign-in/code", "/sign-in/code", ("code", code))).Status);
        Assert.Equal(200, (await first.GetAsync("/account")).Status);

        using var second = await PasswordAsync(host);
        Assert.Equal(200, (await second.PostAsync("/sign-in/code", "/sign-in/code", ("code", code))).Status);
        Assert.Equal(302, (await second.PostAsync("/sign-in/code", "/sign-in/code", ("code", recovery.ToLowerInvariant()))).Status);
        using var third = await PasswordAsync(host);
        Assert.Equal(200, (await third.PostAsync("/sign-in/code", "/sign-in/code", ("code", recovery))).Status);
    }

    [Fact]
    public async Task Nothing_that_is_stored_tells_the_secret_or_a_recovery_code()
    {
        await using var host = await SignInHost.StartAsync();
        using var owner = await host.SignedInAsync();
        var (secret, recovery) = await SetUpAsync(host, owner);

        var stored = await host.DumpAsync();

        Assert.DoesNotContain(Convert.ToBase64String(secret), stored, StringComparison.Ordinal);
        Assert.DoesNotContain(recovery.Replace("-", "", StringComparison.Ordinal), stored, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", stored, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("protection_key", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dangerous_act_asks_for_the_password_when_the_last_proof_is_old()
    {
        await using var host = await SignInHost.StartAsync();
        using var browser = await host.SignedInAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(20));

        var asked = await browser.PostAsync("/webhooks", "/webhooks?handler=Make", ("name", "late"), ("scopes", "crm"));
        Assert.Equal("/account/proof?returnUrl=%2Fwebhooks", asked.Location);
        Assert.Equal(200, (await browser.PostAsync("/account/proof", "/account/proof", ("password", "wrong password"), ("returnUrl", "/webhooks"))).Status);
        Assert.Equal("/webhooks", (await browser.PostAsync("/account/proof", "/account/proof", ("password", host.First.Password), ("returnUrl", "/webhooks"))).Location);

        Assert.Contains("acw_", (await browser.PostAsync("/webhooks", "/webhooks?handler=Make", ("name", "late"), ("scopes", "crm"))).Body, StringComparison.Ordinal);
    }

    private static async Task<(byte[] Secret, string Recovery)> SetUpAsync(SignInHost host, Browser owner)
    {
        var made = await owner.PostAsync("/account/second-factor", "/account/second-factor?handler=Begin");
        var secret = Decode(Regex.Match(made.Body, "secret=(?<key>[A-Z2-7]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["key"].Value);
        var confirmed = await owner.PostAsync("/account/second-factor", "/account/second-factor?handler=Confirm", ("code", Totp.CodeOf(secret, Totp.StepOf(host.Clock.GetUtcNow()))));
        return (secret, Regex.Match(confirmed.Body, "<code>(?<key>[A-Z2-7-]{19})</code>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["key"].Value);
    }

    private static async Task<Browser> PasswordAsync(SignInHost host)
    {
        var browser = host.Open();
        Assert.StartsWith("/sign-in/code", (await browser.PostAsync("/sign-in", "/sign-in", ("login", host.First.Login), ("password", host.First.Password))).Location, StringComparison.Ordinal);
        return browser;
    }

    private static byte[] Decode(string base32)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(base32.Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
