using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>What waits for a person, decided where he sees it; and a part that stays as he left it while it is drawn anew.</summary>
[Collection(PortalTests.Name)]
public sealed class IncidentTests(PortalFixture portal)
{
    [Fact]
    public async Task A_failed_robot_is_skipped_on_the_items_card()
    {
        var deal = await FailAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/automation");
        var robot = test.Page.Locator(".run-stage.is-current .robot-run").First;
        await Expect(robot.Locator(".robot-state")).ToHaveTextAsync("Failed, needs you", new() { Timeout = 30_000 });
        await PageChecks.CheckAsync(test);

        await robot.Locator(".incident-actions").GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();

        await Expect(test.Page.Locator("#page-alerts")).ToContainTextAsync("Decided");
        await Expect(test.Page.Locator(".run-stage.is-current .robot-run").First.Locator(".robot-state")).ToHaveTextAsync("Not run", new() { Timeout = 30_000 });
        await Expect(test.Page.Locator(".incident-actions")).ToHaveCountAsync(0);
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_failed_robot_is_marked_as_done_among_what_needs_attention()
    {
        var deal = await FailAsync();
        await using var test = await portal.OpenAsync("/attention");
        var row = test.Page.Locator(".attention-row").Filter(new() { Has = test.Page.Locator($"a[href^='/deals/{deal}/']") }).Filter(new() { Has = test.Page.Locator("[name=act]") });
        await Expect(row).ToBeVisibleAsync(new() { Timeout = 30_000 });

        await row.GetByRole(AriaRole.Button, new() { Name = "Mark as done" }).ClickAsync();

        await Expect(test.Page.Locator("#page-alerts")).ToContainTextAsync("Decided");
        await Expect(row).ToHaveCountAsync(0);
        await test.GoAsync($"/deals/{deal}/automation");
        await Expect(test.Page.Locator(".run-stage.is-current .robot-run").First.Locator(".robot-state")).ToHaveTextAsync("Done", new() { Timeout = 30_000 });
        test.AssertQuiet();
    }

    [Fact]
    public async Task What_somebody_has_opened_stays_open_when_the_part_is_drawn_anew()
    {
        var deal = await portal.TakeDealAsync();
        await portal.CallAsync("crm.deal.update", $$$"""{"id":{{{deal}}},"fields":{"STAGE_ID":"PREPARATION"}}""");
        await using var test = await portal.OpenAsync($"/deals/{deal}/automation");
        await Expect(test.Page.Locator("crm-live")).ToHaveAttributeAsync("data-state", "connected");
        var details = test.Page.Locator("details.robot-inputs").First;
        await details.Locator("summary").ClickAsync();

        await portal.CallAsync("crm.deal.update", $$$"""{"id":{{{deal}}},"fields":{"OPPORTUNITY":4711}}""");

        await Expect(test.Page.Locator(".item-amount")).ToContainTextAsync("4,711");
        await Expect(details).ToHaveAttributeAsync("open", "");
        test.AssertQuiet();
    }

    /// <summary>A deal on a stage whose robot calls an address that the outbound door refuses.</summary>
    private async Task<long> FailAsync()
    {
        var deal = await portal.TakeDealAsync();
        await portal.CallAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"APOLOGY","undoSeconds":0,"robots":[{"key":"refused","type":"call_webhook","name":"Call nobody","onError":{"then":"ask","attempts":1},"settings":{"url":"https://127.0.0.1:9/","method":"POST"}}]}""");
        await portal.CallAsync("crm.deal.update", $$$"""{"id":{{{deal}}},"fields":{"STAGE_ID":"APOLOGY"}}""");
        return deal;
    }
}
