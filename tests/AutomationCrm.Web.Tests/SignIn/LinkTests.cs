using System.Text.Json;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.SignIn;

public sealed class LinkTests
{
    [Fact]
    public async Task The_printed_link_signs_in_at_once_and_once_only()
    {
        await using var host = await SignInHost.StartAsync();
        var path = new Uri(host.First.SignInLink).AbsolutePath;
        using var first = ByHand(host);
        using var second = ByHand(host);

        Assert.Equal("/", (await first.GetAsync(path)).Location);
        var again = await second.GetAsync(path);

        Assert.Equal(200, (await first.GetAsync("/account")).Status);
        Assert.Equal(410, again.Status);
        Assert.DoesNotContain(SessionCookie.PlainName, second.Cookies.Keys);
    }

    [Fact]
    public async Task A_preview_does_not_use_the_link_up_and_a_person_has_a_button()
    {
        await using var host = await SignInHost.StartAsync();
        var path = new Uri(host.First.SignInLink).AbsolutePath;
        using var preview = host.Open();
        using var prefetch = ByHand(host);
        prefetch.Headers["Sec-Purpose"] = "prefetch";

        Assert.Equal(200, (await preview.GetAsync(path)).Status);
        Assert.Equal(200, (await prefetch.GetAsync(path)).Status);
        var answer = await preview.PostAsync(path, "/sign-in/link", ("token", path[(path.LastIndexOf('/') + 1)..]));

        Assert.Equal("/", answer.Location);
        Assert.Equal(200, (await preview.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_link_changed_in_any_character_is_worthless()
    {
        await using var host = await SignInHost.StartAsync();
        var path = new Uri(host.First.SignInLink).AbsolutePath;
        using var browser = ByHand(host);

        for (var i = path.LastIndexOf('/') + 1; i < path.Length; i++)
            Assert.Equal(410, (await browser.GetAsync(path[..i] + (path[i] == 'A' ? 'B' : 'A') + path[(i + 1)..])).Status);
        Assert.Equal(302, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_first_run_file_holds_what_was_printed_and_only_its_owner_reads_it()
    {
        await using var host = await SignInHost.StartAsync();
        var file = Path.Combine(host.DataDirectory, FirstRunFile.Name);

        var note = JsonSerializer.Deserialize<FirstRunNote>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web);

        Assert.Equal(host.First, note);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains(note!.WebhookUrl, FirstRunSetup.Describe(note), StringComparison.Ordinal);
    }

    private static Browser ByHand(SignInHost host)
    {
        var browser = host.Open();
        browser.Headers["Sec-Fetch-Site"] = "none";
        browser.Headers["Sec-Fetch-Mode"] = "navigate";
        return browser;
    }
}
