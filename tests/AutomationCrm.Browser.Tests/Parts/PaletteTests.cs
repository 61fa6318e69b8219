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
        await using var test = await browser.OpenAsync("/dev/palette?invalid=true", new View(dark, phone));

        await PageChecks.AxeAsync(test.Page);
        await PageChecks.NoSidewaysScrollAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, $"palette-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}", fullPage: true);
        test.AssertQuiet();
    }

    [Theory, MemberData(nameof(Views))]
    public async Task The_board_passes_axe_and_the_content_security_policy(bool dark, bool phone)
    {
        await using var test = await browser.OpenAsync("/dev/board", new View(dark, phone));
        await Assertions.Expect(test.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();

        await PageChecks.AxeAsync(test.Page);
        await PageChecks.NoSidewaysScrollAsync(test.Page);
        await Screenshots.TakeAsync(test.Page, $"board-{(dark ? "dark" : "light")}-{(phone ? "phone" : "desktop")}");
        test.AssertQuiet();
    }
}
