using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>What people do with the mouse on a board.</summary>
internal static class BoardSteps
{
    /// <summary>The card in a stage's column.</summary>
    public static ILocator CardIn(this IPage page, string stage, long deal) => page.Locator($".board-column[data-stage={stage}] #card-{deal}");

    /// <summary>Drags a card with mouse steps; with a column to pass, rests there and is elsewhere and gone before the board looks again.</summary>
    public static async Task DragCardAsync(this IPage page, long deal, string stage, string? passing = null)
    {
        var start = (await page.Locator($"#card-{deal}").BoundingBoxAsync())!;
        var end = (await page.Locator($"#cards-{stage}").BoundingBoxAsync())!;
        var (x, y) = (start.X + 40, start.Y + 50);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 6, y + 6);
        if (passing is not null)
        {
            var passed = (await page.Locator($"#cards-{passing}").BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(passed.X + 60, passed.Y + 60, new() { Steps = 5 });
            await Expect(page.CardIn(passing, deal)).ToBeAttachedAsync();
        }

        await page.Mouse.MoveAsync(end.X + 60, end.Y + 60, new() { Steps = passing is null ? 15 : 1 });
        await page.Mouse.UpAsync();
    }
}
