using AutomationCrm.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>The stages on top of an item's card.</summary>
[Collection(PortalTests.Name)]
public sealed class StepperTests(PortalFixture portal)
{
    [Fact]
    public async Task On_a_phone_the_stepper_shows_the_stage_the_item_stands_on()
    {
        var deal = await portal.ScalarAsync<long>("select id from item where type_id = 2 and pipeline_id = 0 and stage_id = 'WON' order by id limit 1");

        await using var test = await portal.OpenAsync($"/deals/{deal}", new View(Phone: true));

        await Expect(test.Page.Locator(".stepper .current")).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await Screenshots.TakeAsync(test.Page, "deal-stepper-phone");
        await PageChecks.CheckAsync(test);
    }
}
