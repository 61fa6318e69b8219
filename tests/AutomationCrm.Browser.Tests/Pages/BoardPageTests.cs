using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>The way the product exists for: a deal is moved, the robots of its stage do their work, everybody sees it, and it can be undone.</summary>
[Collection(PortalTests.Name)]
public sealed class BoardPageTests(PortalFixture portal)
{
    [Fact]
    public async Task A_dragged_deal_sets_the_robots_of_its_stage_in_motion()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenAsync(deal);

        await DragAsync(test.Page, deal, "PREPARATION");

        await Expect(CardIn(test.Page, "PREPARATION", deal)).ToBeVisibleAsync();
        // The robots' work comes back to the card by itself: a task for legal.
        await Expect(CardIn(test.Page, "PREPARATION", deal).Locator(".card-flag").First).ToBeVisibleAsync();
        Assert.Equal(1, await CountAsync($"select count(*) from comment where type_id = 2 and item_id = {deal} and robot_run_id is not null"));
        Assert.Equal(1, await CountAsync($"select count(*) from delivery where type_id = 2 and item_id = {deal} and state = 0"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task Undo_takes_back_the_move_the_task_and_the_webhook_that_still_waits()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenAsync(deal);
        await DragAsync(test.Page, deal, "PREPARATION");
        await Expect(CardIn(test.Page, "PREPARATION", deal).Locator(".card-flag").First).ToBeVisibleAsync();

        await test.Page.Locator("[data-toast]").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(CardIn(test.Page, "NEW", deal)).ToBeVisibleAsync();
        Assert.Equal(0, await CountAsync($"select count(*) from task where type_id = 2 and item_id = {deal} and state = 0"));
        Assert.Equal(1, await CountAsync($"select count(*) from delivery where type_id = 2 and item_id = {deal} and state = 4"));
        Assert.Equal(0, await CountAsync($"select count(*) from item where type_id = 2 and id = {deal} and data ? 'ADDITIONAL_INFO'"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_second_window_shows_the_move_live()
    {
        var deal = await portal.TakeDealAsync();
        await using var other = await OpenAsync(deal);
        await using var test = await OpenAsync(deal);

        await DragAsync(test.Page, deal, "PREPARATION");

        await Expect(CardIn(other.Page, "PREPARATION", deal)).ToBeVisibleAsync();
        await Expect(CardIn(other.Page, "NEW", deal)).Not.ToBeAttachedAsync();
    }

    [Fact]
    public async Task The_menu_and_the_keyboard_move_a_deal_as_well()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenAsync(deal);

        await test.Page.Locator($"#card-{deal} .item-title").FocusAsync();
        await test.Page.Keyboard.PressAsync("Alt+ArrowRight");
        await Expect(CardIn(test.Page, "PREPARATION", deal)).ToBeVisibleAsync();

        await test.Page.Locator($"#card-{deal} .card-menu").ClickAsync();
        await test.Page.Locator($"#card-menu-{deal}").GetByRole(AriaRole.Button, new() { Name = "New", Exact = true }).ClickAsync();
        await Expect(CardIn(test.Page, "NEW", deal)).ToBeVisibleAsync();
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_quick_added_deal_stands_in_its_column()
    {
        await using var test = await portal.OpenAsync("/deals?q=quickly");

        await test.Page.Locator("#col-NEW [popovertarget=add-NEW]").ClickAsync();
        await test.Page.Locator("#add-title-NEW").FillAsync("Added quickly");
        await test.Page.Locator("#add-amount-NEW").FillAsync("1250");
        await test.Page.Keyboard.PressAsync("Enter");

        await Expect(test.Page.Locator("#col-NEW").GetByText("Added quickly")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_stage_leads_to_its_robots_and_back()
    {
        await using var test = await portal.OpenAsync("/deals");

        await test.Page.Locator("#col-PREPARATION .column-tools a").ClickAsync();
        await Expect(test.Page.Locator("#stage-PREPARATION .robot-card").First).ToBeVisibleAsync();
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "To the board" }).ClickAsync();

        await Expect(test.Page.Locator("#col-PREPARATION")).ToBeVisibleAsync();
        test.AssertQuiet();
    }

    /// <summary>The board narrowed to one deal, so that every column fits and the card is on screen.</summary>
    private async Task<TestPage> OpenAsync(long deal)
    {
        var test = await portal.OpenAsync($"/deals?q=%23{deal}");
        await Expect(test.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();
        await Expect(test.Page.Locator(".item-title[tabindex='0']")).ToHaveCountAsync(1);
        return test;
    }

    private static async Task DragAsync(IPage page, long deal, string stage)
    {
        var start = (await page.Locator($"#card-{deal}").BoundingBoxAsync())!;
        var end = (await page.Locator($"#cards-{stage}").BoundingBoxAsync())!;
        var (x, y) = (start.X + 40, start.Y + 50);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 6, y + 6);
        await page.Mouse.MoveAsync(end.X + 60, end.Y + 60, new() { Steps = 15 });
        await page.Mouse.UpAsync();
    }

    private static ILocator CardIn(IPage page, string stage, long deal) => page.Locator($".board-column[data-stage={stage}] #card-{deal}");

    private Task<long> CountAsync(string sql) => portal.ScalarAsync<long>(sql);
}
