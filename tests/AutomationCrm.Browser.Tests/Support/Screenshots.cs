using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>Pictures for the documentation, made by the tests that look at the pages anyway: only with CRM_SCREENSHOTS=1.</summary>
internal static class Screenshots
{
    private static readonly bool Wanted = Environment.GetEnvironmentVariable("CRM_SCREENSHOTS") == "1";

    public static async Task TakeAsync(IPage page, string name, bool fullPage = false)
    {
        if (!Wanted) return;
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "docs", "images"));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder.FullName, name + ".png"), FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
    }
}
