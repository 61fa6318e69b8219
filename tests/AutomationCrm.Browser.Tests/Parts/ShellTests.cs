using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Parts;

[Collection(BrowserTests.Name)]
public sealed class ShellTests(BrowserFixture browser)
{
    // What a visitor chooses stays in his cookies; the administrator's choice would meet the other tests.
    private static readonly View Visitor = new(SignedIn: false);

    [Fact]
    public async Task The_theme_is_kept_and_rendered_by_the_server_without_script()
    {
        await using var test = await browser.OpenAsync("/dev/palette");
        await test.Page.Locator("[popovertarget=user-menu]").ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();

        await Expect(test.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        await PageChecks.AxeAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, "sample-user-menu");
        var html = await (await test.Page.Context.APIRequest.GetAsync("/dev/palette")).TextAsync();
        Assert.Contains("data-bs-theme=\"dark\"", html, StringComparison.Ordinal);
        test.AssertQuiet();
    }

    [Fact]
    public async Task The_language_switch_changes_texts_dates_and_amounts()
    {
        await using var test = await browser.OpenAsync("/dev/palette", Visitor);
        await test.Page.Locator("[popovertarget=user-menu]").ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Русский" }).ClickAsync();

        await Expect(test.Page.Locator("html")).ToHaveAttributeAsync("lang", "ru");
        await Expect(test.Page.Locator("#side-nav")).ToContainTextAsync("Сделки");
        await Expect(test.Page.Locator(".timeline-list")).ToContainTextAsync("4 минуты назад");
        await PageChecks.AxeAsync(test.Page);
    }

    [Fact]
    public async Task A_chosen_time_zone_shifts_the_times()
    {
        await using var test = await browser.OpenAsync("/preferences", Visitor);
        await test.Page.Locator("#time-zone").SelectOptionAsync("Asia/Tokyo");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(test.Page.Locator("html")).ToHaveAttributeAsync("data-time-zone", "Asia/Tokyo");
        await Expect(test.Page.Locator("#time-zone")).ToHaveValueAsync("Asia/Tokyo");
        await Screenshots.TakeAsync(test.Page, "sample-preferences");
        await PageChecks.AxeAsync(test.Page);
        test.AssertQuiet();
    }

    [Fact]
    public async Task On_a_phone_the_navigation_opens_closes_by_escape_and_gives_the_focus_back()
    {
        await using var test = await browser.OpenAsync("/dev/palette", new View(Phone: true));
        var opener = test.Page.GetByRole(AriaRole.Button, new() { Name = "Open the navigation" });
        await Expect(test.Page.GetByRole(AriaRole.Link, new() { Name = "Leads" })).ToBeHiddenAsync();

        await opener.ClickAsync();
        await Expect(test.Page.GetByRole(AriaRole.Link, new() { Name = "Leads" })).ToBeVisibleAsync();
        await Screenshots.TakeAsync(test.Page, "sample-navigation-phone");
        await PageChecks.AxeAsync(test.Page);
        await test.Page.Keyboard.PressAsync("Escape");

        await Expect(test.Page.GetByRole(AriaRole.Link, new() { Name = "Leads" })).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
        test.AssertQuiet();
    }

    [Fact]
    public async Task The_skip_link_is_first_and_leads_to_the_content()
    {
        await using var test = await browser.OpenAsync("/dev/palette");

        await test.Page.Keyboard.PressAsync("Tab");
        await Expect(test.Page.Locator(".skip-link")).ToBeFocusedAsync();
        await test.Page.Keyboard.PressAsync("Enter");

        await Expect(test.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_menu_is_walked_by_arrows_and_escape_returns_to_its_button()
    {
        await using var test = await browser.OpenAsync("/dev/palette");
        await test.Page.Locator("#palette-menu-button").FocusAsync();
        await test.Page.Keyboard.PressAsync("Enter");
        var items = test.Page.Locator("#palette-menu .menu-item");
        await Expect(items.First).ToBeFocusedAsync();

        await test.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(items.Nth(1)).ToBeFocusedAsync();
        await Screenshots.TakeAsync(test.Page, "sample-menu");
        await test.Page.Keyboard.PressAsync("Escape");

        await Expect(test.Page.Locator("#palette-menu-button")).ToBeFocusedAsync();
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_message_waits_while_the_pointer_rests_on_it()
    {
        await using var test = await browser.OpenAsync("/dev/palette");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Show a message" }).ClickAsync();
        var toast = test.Page.Locator("[data-toast]");
        await toast.HoverAsync();

        await Expect(toast).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("paused"));
        await PageChecks.AxeAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, "sample-toast");
        await toast.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await Expect(toast).ToHaveCountAsync(0);
        test.AssertQuiet();
    }
}
