using System.Text.RegularExpressions;
using AutomationCrm.Testing;
using AutomationCrm.Testing.Nodes;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.SignIn;

/// <summary>Whoever lost his password asks the program itself for a way in: the real one, in a process of its own.</summary>
public sealed partial class SignInLinkCommandTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_printed_link_signs_in_once_whether_the_app_runs_meanwhile_or_not(bool runsMeanwhile)
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("crm-link-");
        await using var app = new AppNode(folder.FullName, Settings(database));
        app.Start();
        await app.ReadyAsync();
        if (!runsMeanwhile) await app.StopAsync();

        var printed = await PrintAsync(folder.FullName, database, app.Address);
        if (!runsMeanwhile)
        {
            app.Start();
            await app.ReadyAsync();
        }

        var link = new Uri(Link().Match(printed).Value);
        Assert.Equal(app.Address.Authority, link.Authority);
        using var browser = new Browser(app.Address);
        Assert.Equal(302, (await browser.PostAsync(link.PathAndQuery, "/sign-in/link", ("token", link.Segments[^1]))).Status);
        Assert.Contains(SessionCookie.PlainName, browser.Cookies.Keys);
        Assert.Equal(200, (await browser.GetAsync("/account")).Status);
        using var thief = new Browser(app.Address);
        Assert.Equal(410, (await thief.PostAsync(link.PathAndQuery, "/sign-in/link", ("token", link.Segments[^1]))).Status);
        await app.StopAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nobody_of_that_login_is_said_and_makes_no_link()
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("crm-link-");

        var printed = await PrintAsync(folder.FullName, database, new Uri("http://localhost:5000"), "nobody");

        Assert.Contains("Nobody active has the login nobody.", printed, StringComparison.Ordinal);
        Assert.DoesNotMatch(Link(), printed[printed.IndexOf("Nobody", StringComparison.Ordinal)..]);
        folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> Settings(TestDatabase database) =>
        new(StringComparer.Ordinal) { ["ConnectionStrings__Crm"] = database.ConnectionString, ["Crm__Demo"] = "false", ["ASPNETCORE_ENVIRONMENT"] = "Production" };

    /// <summary>What the command prints, besides the log.</summary>
    private static async Task<string> PrintAsync(string folder, TestDatabase database, Uri address, params IReadOnlyList<string> login)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [AppNode.Program, "--sign-in-link", .. login])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(RepositoryRoot.File("src", "AutomationCrm.Web", "AutomationCrm.Web.csproj")),
        };
        start.Environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        start.Environment["Crm__DataDirectory"] = folder;
        foreach (var (name, value) in Settings(database)) start.Environment[name] = value;
        using var command = System.Diagnostics.Process.Start(start)!;
        using var most = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var printed = await command.StandardOutput.ReadToEndAsync(most.Token);
        await command.WaitForExitAsync(most.Token);
        Assert.True(command.ExitCode == (login.Count == 0 ? 0 : 1), printed);
        return login.Count == 0 ? printed[printed.IndexOf("signs in once", StringComparison.Ordinal)..] : printed;
    }

    [GeneratedRegex(@"http://\S+/sign-in/\S+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();
}
