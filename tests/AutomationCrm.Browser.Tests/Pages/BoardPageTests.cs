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

        await test.Page.DragCardAsync(deal, "PREPARATION");

        await Expect(test.Page.CardIn("PREPARATION", deal)).ToBeVisibleAsync();
        // The robots' work comes back to the card by itself: a task for legal.
        await Expect(test.Page.CardIn("PREPARATION", deal).Locator(".card-flag").First).ToBeVisibleAsync();
        Assert.Equal(1, await CountAsync($"select count(*) from comment where type_id = 2 and item_id = {deal} and robot_run_id is not null"));
        Assert.Equal(1, await CountAsync($"select count(*) from delivery where type_id = 2 and item_id = {deal} and state = 0"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_card_let_go_in_a_hurry_lies_where_the_pointer_is()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenAsync(deal);
        var title = await test.Page.Locator($"#card-{deal}").GetAttributeAsync("data-title");

        await test.Page.DragCardAsync(deal, "EXECUTING", passing: "PREPARATION");

        await Expect(test.Page.CardIn("EXECUTING", deal)).ToBeVisibleAsync();
        await Expect(test.Page.Locator("[data-toast]")).ToContainTextAsync(title!);
        Assert.Equal("EXECUTING", await portal.ScalarAsync<string>($"select stage_id from item where type_id = 2 and id = {deal}"));
        Assert.Equal(0, await CountAsync($"select count(*) from stage_history where type_id = 2 and item_id = {deal} and stage_id = 'PREPARATION'"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task Undo_takes_back_the_move_the_task_and_the_webhook_that_still_waits()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenAsync(deal);
        await test.Page.DragCardAsync(deal, "PREPARATION");
        await Expect(test.Page.CardIn("PREPARATION", deal).Locator(".card-flag").First).ToBeVisibleAsync();

        await test.Page.Locator("[data-toast]").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(test.Page.CardIn("NEW", deal)).ToBeVisibleAsync();
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

        await test.Page.DragCardAsync(deal, "PREPARATION");

        await Expect(other.Page.CardIn("PREPARATION", deal)).ToBeVisibleAsync();
        await Expect(other.Page.CardIn("NEW", deal)).Not.ToBeAttachedAsync();
    }

    [Fact]
    public async Task The_menu_and_the_keyboard_move_a_deal_as_well()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenAsync(deal);

        await test.Page.Locator($"#card-{deal} .item-title").FocusAsync();
        await test.Page.Keyboard.PressAsync("Alt+ArrowRight");
        // The robots' changes redraw the card; an open menu would be drawn anew with it.
        await Expect(test.Page.CardIn("PREPARATION", deal).Locator(".card-flag").First).ToBeVisibleAsync();

        await test.Page.Locator($"#card-{deal} .card-menu").ClickAsync();
        await test.Page.Locator($"#card-menu-{deal} button[value=NEW]").ClickAsync();
        await Expect(test.Page.CardIn("NEW", deal)).ToBeVisibleAsync();
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

    private Task<long> CountAsync(string sql) => portal.ScalarAsync<long>(sql);
}
