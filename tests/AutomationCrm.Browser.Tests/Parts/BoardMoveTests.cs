using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

[Collection(BrowserTests.Name)]
public sealed class BoardMoveTests(BrowserFixture browser)
{
    // Card 1 is the first of 31 on NEW; PREPARATION has 9; card 7 has no amount and cannot be won.
    [Fact]
    public async Task A_card_dragged_by_the_mouse_stays_in_the_new_column_and_the_totals_follow()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);

        await board.DragAsync(board.Card(1), board.Column("PREPARATION").Locator("[data-cards]"));

        await Expect(board.CardIn("PREPARATION", 1)).ToBeVisibleAsync();
        await board.CountIsAsync("NEW", 30);
        await board.CountIsAsync("PREPARATION", 10);
        await Expect(board.Toast).ToContainTextAsync("Contract preparation");
        await board.Page.ReloadAsync();
        await Expect(board.CardIn("PREPARATION", 1)).ToBeVisibleAsync();
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task A_card_dragged_by_a_finger_moves_after_a_long_press()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser, new View(Phone: true));
        var start = (await board.Card(1).BoundingBoxAsync())!;
        var cdp = await board.Page.Context.NewCDPSessionAsync(board.Page);
        Task Touch(string type, double x, double y) => cdp.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : [new Dictionary<string, object> { ["x"] = x, ["y"] = y }],
        });

        var (x, y) = (start.X + 60, start.Y + 40);
        await Touch("touchStart", x, y);
        await Expect(board.Card(1)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("sortable-chosen"));
        for (var step = 0; step <= 12; step++) await Touch("touchMove", x + (step * 24), y + 10);
        await Expect(board.CardIn("PREPARATION", 1)).ToBeAttachedAsync();
        await Touch("touchEnd", 0, 0);

        await board.CountIsAsync("NEW", 30);
        await board.CountIsAsync("PREPARATION", 10);
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task Alt_with_an_arrow_moves_the_card_and_keeps_the_focus_on_it()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        await board.Card(2).Locator(".item-title").FocusAsync();

        await board.Page.Keyboard.PressAsync("Alt+ArrowRight");

        await board.CountIsAsync("PREPARATION", 10);
        await Expect(board.CardIn("PREPARATION", 2).Locator(".item-title")).ToBeFocusedAsync();
        await Expect(board.Page.Locator("#announcer")).ToContainTextAsync("moved to Contract preparation");
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task Arrows_walk_over_the_cards_and_enter_opens_one()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        await board.Card(1).Locator(".item-title").FocusAsync();

        await board.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(board.Card(2).Locator(".item-title")).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(board.Card(33).Locator(".item-title")).ToBeFocusedAsync();
        await board.Page.Keyboard.PressAsync("Enter");

        await Expect(board.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("deal=33$"));
    }

    [Fact]
    public async Task The_cards_menu_moves_it_without_dragging()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);

        await board.Card(3).Locator(".card-menu").ClickAsync();
        await PageChecks.AxeAsync(board.Page);
        await Screenshots.TakeAsync(board.Page, "sample-card-menu");
        await board.Page.Keyboard.PressAsync("Escape");
        await board.MoveByMenuAsync(3, "In progress");

        await board.CountIsAsync("EXECUTING", 15);
        await Expect(board.CardIn("EXECUTING", 3)).ToBeAttachedAsync();
        await Screenshots.TakeAsync(board.Page, "sample-moved");
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task The_cards_menu_works_without_script_and_offers_undo()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser, new View(Script: false));

        await board.MoveByMenuAsync(3, "In progress");
        await Expect(board.CardIn("EXECUTING", 3)).ToBeAttachedAsync();
        await board.CountIsAsync("EXECUTING", 15);

        await board.Page.Locator("#page-alerts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await board.CountIsAsync("EXECUTING", 14);
        await Expect(board.Page.Locator("#page-alerts")).ToContainTextAsync("The move was undone");
    }

    [Fact]
    public async Task Undo_in_the_message_puts_the_card_back()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        await board.MoveByMenuAsync(3, "In progress");
        await board.CountIsAsync("EXECUTING", 15);

        await board.Toast.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await board.CountIsAsync("EXECUTING", 14);
        await Expect(board.CardIn("NEW", 3)).ToBeVisibleAsync();
        await Expect(board.Toast).ToContainTextAsync("The move was undone");
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task A_refused_move_goes_back_and_says_why()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);

        await board.MoveByMenuAsync(7, "Deal won");

        await Expect(board.Toast).ToContainTextAsync("A deal without an amount cannot be won");
        await Expect(board.CardIn("NEW", 7)).ToBeAttachedAsync();
        await board.CountIsAsync("WON", 8);
        await PageChecks.AxeAsync(board.Page);
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task A_second_window_sees_the_move_and_a_stale_card_is_refused_there()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        await using var other = await SampleBoardPage.JoinAsync(browser);

        await board.MoveByMenuAsync(2, "In progress");
        await Expect(other.CardIn("EXECUTING", 2)).ToBeAttachedAsync();
        await other.CountIsAsync("NEW", 30);

        await other.Card(2).EvaluateAsync("card => { card.dataset.version = '1'; }");
        await other.MoveByMenuAsync(2, "Final invoice");
        await Expect(other.Toast).ToContainTextAsync("changed it in the meantime");
        await Expect(other.CardIn("EXECUTING", 2)).ToBeAttachedAsync();
        other.Test.AssertQuiet();
    }
}
