using AutomationCrm.Browser.Tests.Support;
using AutomationCrm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>What people do with a run on the item's page.</summary>
[Collection(PortalTests.Name)]
public sealed class RunPageTests(PortalFixture portal)
{
    [Fact]
    public async Task A_waiting_run_goes_on_by_the_newest_version_and_the_ended_one_gives_its_fields_back()
    {
        var quote = await portal.ScalarAsync<long>("select min(id) from item where type_id = 7 and stage_id <> 'SENT'");
        await PublishAsync("Note");
        await portal.CallAsync("crm.item.update", $$"""{"entityTypeId":7,"id":{{quote}},"fields":{"stageId":"SENT"} }""");
        await Eventually.Async(async () => await portal.ScalarAsync<long>($"select count(*) from robot_run where type_id = 7 and item_id = {quote} and state = 0") == 1, TimeSpan.FromSeconds(20), "the robot waits");
        await PublishAsync("Later note");
        await using var test = await portal.OpenAsync("/automation/proposals/0/versions?stage=SENT");
        await Expect(test.Page.Locator("main")).ToContainTextAsync("under way by an older version");
        await PageChecks.CheckAsync(test);

        await test.GoAsync($"/proposals/{quote}/automation");
        await PageChecks.CheckAsync(test);
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Go on by version" }).ClickAsync();
        await Expect(test.Page.Locator("#page-alerts")).ToContainTextAsync("goes on by the newest version");
        await Expect(test.Page.Locator(".robot-runs").First).ToContainTextAsync("Later note");

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Put fields back" }).ClickAsync();
        await test.Page.Locator("dialog[open] button.btn-primary").ClickAsync();
        await Expect(test.Page.Locator("#page-alerts")).ToContainTextAsync("1 field is as it was before.");
        Assert.NotEqual("by a robot", await portal.ScalarAsync<string>($"select coalesce(data ->> 'COMMENTS', '') from item where type_id = 7 and id = {quote}"));
        test.AssertQuiet();
    }

    private async Task PublishAsync(string name)
    {
        await portal.ExecuteAsync($$"""
            insert into config_version (kind, key, number, state, content, author_id, at, comment)
            select 'stage-automation', '7:SENT', coalesce(max(number), 0) + 1, 1,
              '{"undoSeconds":0,"robots":[{"key":"fields","type":"change_fields","name":"Fields","enabled":true,"settings":{"fields":{"COMMENTS":"by a robot"} } },{"key":"note","type":"add_comment","name":"{{name}}","enabled":true,"delay":{"after":"P9D"},"settings":{"text":"x"} }]}',
              0, now(), '' from config_version where kind = 'stage-automation' and key = '7:SENT' and state = 1
            """);
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
    }
}
