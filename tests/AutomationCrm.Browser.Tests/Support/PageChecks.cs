using System.Text.Json;
using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>What every page must pass.</summary>
internal static class PageChecks
{
    private static readonly Lazy<Task<string>> AxeSource = new(() => File.ReadAllTextAsync(Path.Combine(Repository.Client, "node_modules", "axe-core", "axe.min.js")));

    /// <summary>No finding of axe-core for WCAG 2.2 A and AA. The script comes through the debugger, so the page's CSP stays in force.</summary>
    public static async Task AxeAsync(IPage page)
    {
        await page.EvaluateAsync(await AxeSource.Value + ";undefined");
        var findings = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const result = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              return result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary.replace(/\s+/g, ' ')}`));
            }
            """);
        var lines = findings.EnumerateArray().Select(finding => finding.GetString()).ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    /// <summary>Axe, sideways scroll, CSP and script errors of one address in both themes and both widths; a picture of each with a name.</summary>
    public static async Task EveryViewAsync(BrowserFixture browser, string path, string? picture = null)
    {
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await using var test = await browser.OpenAsync(path, new View(dark, phone));
            await CheckAsync(test);
            if (picture is not null) await Screenshots.TakeAsync(test.Page, $"{picture}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");
        }
    }

    /// <summary>The same for the page as it is now.</summary>
    public static async Task CheckAsync(TestPage test)
    {
        await AxeAsync(test.Page);
        await NoSidewaysScrollAsync(test.Page);
        test.AssertQuiet();
    }

    /// <summary>Nothing sticks out to the side: the page itself never scrolls sideways.</summary>
    public static async Task NoSidewaysScrollAsync(IPage page)
    {
        var extra = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (extra == 0) return;

        var wide = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 8)
                .map(e => `${e.tagName.toLowerCase()} "${(e.textContent ?? '').trim().slice(0, 60)}"`)
            """);
        Assert.Fail($"The page is {extra} pixels too wide: {string.Join(", ", wide)}");
    }
}
