using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>The button that has robots wait.</summary>
[Collection(PortalTests.Name)]
public sealed class PausePageTests(PortalFixture portal)
{
    [Fact]
    public async Task A_stage_is_paused_the_pipeline_says_so_and_it_is_resumed()
    {
        await using var test = await portal.OpenAsync("/automation/leads/0");
        var page = test.Page;
        await page.Locator("[popovertarget=more-automation]").ClickAsync();
        await page.Locator("#more-automation a[href$='/pauses']").ClickAsync();
        await page.Locator("#stage").SelectOptionAsync("PROCESSED");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Paused.");
        await Expect(page.Locator(".launch-list li").First).ToContainTextAsync("Paused by");
        Assert.Equal("PROCESSED", await portal.ScalarAsync<string>("select stage_id from automation_pause where resumed_at is null"));
        await PageChecks.CheckAsync(test);
        await test.GoAsync("/automation/leads/0");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Robots are paused here." })).ToBeVisibleAsync();
        await PageChecks.CheckAsync(test);

        await test.GoAsync("/automation/leads/0/pauses");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Resumed.");
        Assert.Equal(0, await portal.ScalarAsync<long>("select count(*) from automation_pause where resumed_at is null"));
        test.AssertQuiet();
    }
}
