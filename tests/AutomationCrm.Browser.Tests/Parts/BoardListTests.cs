using AutomationCrm.Browser.Tests.Support;
using AutomationCrm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

[Collection(BrowserTests.Name)]
public sealed class BoardListTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_column_fetches_more_cards_as_it_is_scrolled_and_keeps_them_after_a_hint()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        var cards = board.Column("NEW").Locator(".board-card");

        // The list grows while it is scrolled.
        await Eventually.Async(async () =>
        {
            await board.Column("NEW").Locator("[data-cards]").EvaluateAsync("list => { list.scrollTop = list.scrollHeight; }");
            return await cards.CountAsync() == 31;
        });
        await board.MoveByMenuAsync(31, "In progress");

        await board.CountIsAsync("NEW", 30);
        await Expect(cards).ToHaveCountAsync(30);
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task The_filter_stands_in_the_address()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);

        await board.Page.GetByPlaceholder("Filter by title").FillAsync("Adatum");

        await Expect(board.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?q=Adatum$"));
        await Expect(board.Column("NEW").Locator(".board-card").First).ToContainTextAsync("Adatum");
        await board.Page.ReloadAsync();
        await Expect(board.Page.GetByPlaceholder("Filter by title")).ToHaveValueAsync("Adatum");
        board.Test.AssertQuiet();
    }

    [Fact]
    public async Task Quick_add_puts_the_card_on_top_and_stays_open_for_the_next_one()
    {
        await using var board = await SampleBoardPage.OpenAsync(browser);
        await board.Column("FINAL").GetByRole(AriaRole.Button, new() { Name = "Add to" }).ClickAsync();
        var title = board.Page.Locator("#add-title-FINAL");
        await Expect(title).ToBeFocusedAsync();

        await title.FillAsync("First by hand");
        await PageChecks.AxeAsync(board.Page);
        await Screenshots.TakeAsync(board.Page, "sample-quick-add");
        await title.PressAsync("Enter");
        await Expect(board.Column("FINAL").Locator(".board-card").First).ToContainTextAsync("First by hand");
        await Expect(title).ToHaveValueAsync("");
        await Expect(title).ToBeFocusedAsync();
        await title.FillAsync("Second by hand");
        await title.PressAsync("Enter");

        await Expect(board.Column("FINAL").Locator(".board-card").First).ToContainTextAsync("Second by hand");
        await board.CountIsAsync("FINAL", 5);
        board.Test.AssertQuiet();
    }
}
