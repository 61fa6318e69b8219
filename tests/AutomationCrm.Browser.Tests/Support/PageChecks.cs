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
        Assert.Empty(findings.EnumerateArray().Select(finding => finding.GetString()));
    }

    /// <summary>Nothing sticks out to the side: the page itself never scrolls sideways.</summary>
    public static async Task NoSidewaysScrollAsync(IPage page)
    {
        var extra = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, extra);
    }
}
