using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

/// <summary>/dev/board in its first state, and the words of the tests about it.</summary>
internal sealed class SampleBoardPage(TestPage test) : IAsyncDisposable
{
    public TestPage Test => test;

    public IPage Page => test.Page;

    public static async Task<SampleBoardPage> OpenAsync(BrowserFixture browser, View? view = null)
    {
        var board = new SampleBoardPage(await browser.OpenAsync("/dev/board", view));
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).ClickAsync();
        await board.ReadyAsync(view);
        return board;
    }

    /// <summary>A second window on the same board.</summary>
    public static async Task<SampleBoardPage> JoinAsync(BrowserFixture browser)
    {
        var board = new SampleBoardPage(await browser.OpenAsync("/dev/board"));
        await board.ReadyAsync(view: null);
        return board;
    }

    public ILocator Column(string stage) => Page.Locator($".board-column[data-stage={stage}]");

    public ILocator Card(long id) => Page.Locator($"#card-{id}");

    public ILocator CardIn(string stage, long id) => Column(stage).Locator($"#card-{id}");

    public ILocator Toast => Page.Locator("[data-toast]");

    public async Task CountIsAsync(string stage, int count) => await Expect(Column(stage).Locator("[data-count]")).ToHaveTextAsync($"{count}");

    public async Task MoveByMenuAsync(long id, string stageName)
    {
        await Card(id).Locator(".card-menu").ClickAsync();
        await Page.Locator($"#card-menu-{id}").GetByRole(AriaRole.Button, new() { Name = stageName }).ClickAsync();
    }

    /// <summary>Drags with a held button and many small steps; SortableJS ignores a jump.</summary>
    public async Task DragAsync(ILocator from, ILocator to)
    {
        var start = (await from.BoundingBoxAsync())!;
        var end = (await to.BoundingBoxAsync())!;
        var (x, y) = (start.X + (start.Width / 2), start.Y + (start.Height / 2));
        await Page.Mouse.MoveAsync(x, y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(x + 6, y + 6);
        await Page.Mouse.MoveAsync(end.X + (end.Width / 2), end.Y + (end.Height / 2), new() { Steps = 15 });
        await Page.Mouse.UpAsync();
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();

    private async Task ReadyAsync(View? view)
    {
        if (view is { Script: false }) return;
        await Expect(Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();
        await Expect(Page.Locator(".item-title[tabindex='0']")).ToHaveCountAsync(1);
    }
}
