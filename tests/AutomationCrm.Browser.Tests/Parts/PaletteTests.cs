using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Parts;

[Collection(BrowserTests.Name)]
public sealed class PaletteTests(BrowserFixture browser)
{
    public static TheoryData<bool, bool> Views => View.All;

    [Theory, MemberData(nameof(Views))]
    public async Task All_parts_pass_axe_and_the_content_security_policy(bool dark, bool phone)
    {
        await using var test = await browser.OpenAsync("/dev/palette?invalid=true&viewingAs=true", new View(dark, phone));

        await PageChecks.AxeAsync(test.Page);
        await PageChecks.NoSidewaysScrollAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, $"sample-palette-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}", fullPage: true);
        test.AssertQuiet();
    }

    [Theory, MemberData(nameof(Views))]
    public async Task The_board_passes_axe_and_the_content_security_policy(bool dark, bool phone)
    {
        await using var test = await browser.OpenAsync("/dev/board", new View(dark, phone));
        await Assertions.Expect(test.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();

        await PageChecks.AxeAsync(test.Page);
        await PageChecks.NoSidewaysScrollAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, $"sample-board-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");
        test.AssertQuiet();
    }

    [Fact]
    public async Task The_frame_before_sign_in_passes_in_every_view() => await PageChecks.EveryViewAsync(browser, "/dev/bare", "sample-bare");

    [Fact]
    public async Task The_browsers_language_is_the_first_choice_and_fits()
    {
        await using var test = await browser.OpenAsync("/dev/palette", new View(Phone: true, Locale: "ru-RU", SignedIn: false));

        await Assertions.Expect(test.Page.Locator("html")).ToHaveAttributeAsync("lang", "ru");
        await PageChecks.CheckAsync(test);
        await test.GoAsync("/dev/board");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "sample-board-russian");
    }
}
