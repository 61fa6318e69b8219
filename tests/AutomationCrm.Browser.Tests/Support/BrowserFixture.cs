using System.Text.Json;
using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>One app and one browser for all browser tests of the assembly.</summary>
public class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private string signedIn = "";

    internal AppHost App { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        var chromium = await Chromium.FindAsync();
        App = await StartAppAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium.Path,
            Args = Flags,
            Env = Environment().Concat(chromium.Environment).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        });
        signedIn = await SignInAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (App is not null) await App.DisposeAsync();
    }

    internal virtual Task<AppHost> StartAppAsync() => AppHost.StartAsync();

    /// <summary>A page of a fresh profile; dispose it to check that neither the CSP nor a script complained.</summary>
    internal async Task<TestPage> OpenAsync(string path, View? view = null)
    {
        var seen = view ?? new View();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = App.Address.ToString(),
            ViewportSize = new ViewportSize { Width = seen.Width, Height = seen.Height },
            ColorScheme = seen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = seen.Locale,
            HasTouch = seen.Touch,
            JavaScriptEnabled = seen.Script,
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = seen.SignedIn ? signedIn : null,
        });
        context.SetDefaultTimeout(10_000);
        var page = new TestPage(await context.NewPageAsync(), context, App);
        await page.GoAsync(path);
        return page;
    }

    /// <summary>The administrator of the first run, by the one-time link of first-run.json; answers the browser's cookies.</summary>
    private async Task<string> SignInAsync()
    {
        using var note = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(App.DataDirectory, "first-run.json")));
        var link = new Uri(note.RootElement.GetProperty("signInLink").GetString()!);
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = App.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync(link.PathAndQuery);
        var cookies = await context.CookiesAsync();
        Assert.Contains(cookies, cookie => cookie.Name == "crm-session");
        return await context.StorageStateAsync();
    }

    private static Dictionary<string, string> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}

/// <summary>How somebody looks at a page.</summary>
internal sealed record View(bool Dark = false, bool Phone = false, string Locale = "en-US", bool Script = true, bool SignedIn = true)
{
    public int Width => Phone ? 390 : 1280;

    public int Height => Phone ? 844 : 800;

    public bool Touch => Phone;

    /// <summary>Both themes on both widths.</summary>
    public static TheoryData<bool, bool> All => new() { { false, false }, { false, true }, { true, false }, { true, true } };
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
