using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Dry runs of a trigger, of a waiting robot and of a script.</summary>
[Collection(PortalTests.Name)]
public sealed class TrialPageTests(PortalFixture portal)
{
    [Fact]
    public Task An_item_page_with_nothing_to_try_is_sound_in_every_view() => PageChecks.EveryViewAsync(portal, "/deals/1/try", "trial-item-empty");

    [Fact]
    public async Task A_trigger_is_tried_with_what_its_event_tells()
    {
        await portal.ExecuteAsync("""
            insert into config_version (kind, key, number, state, content, author_id, at) values ('stage-automation', '2:APOLOGY', 1, 1,
              '{"robots":[{"key":"thanks","type":"add_comment","name":"Note the mail","settings":{"text":"Mail of {=Template:From}"}}],"triggers":[{"key":"sorry","type":"mail_received","name":"A mail that says sorry","settings":{"subject":"sorry"}}]}', 1, now())
            on conflict do nothing
            """);
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
        var deal = await portal.ScalarAsync<long>("select min(id) from item where type_id = 2 and stage_id = 'NEW'");
        await using var test = await portal.OpenAsync($"/automation/deals/0/try?trigger=APOLOGY%7Csorry&item={deal}");

        await test.Page.GetByLabel("What the event tells").FillAsync("From = mia@example.com");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Try", Exact = true }).ClickAsync();

        await Expect(test.Page.Locator("section[aria-labelledby=trial-asked]")).ToContainTextAsync("would apply");
        await Expect(test.Page.Locator(".trial-act", new() { HasText = "Mail of mia@example.com" })).ToBeVisibleAsync();
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "trial-trigger", fullPage: true);
        Assert.Equal("NEW", await portal.ScalarAsync<string>($"select stage_id from item where type_id = 2 and id = {deal}"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_waiting_robot_is_tried_from_the_card()
    {
        var deal = await portal.ScalarAsync<long>("select min(id) from item where type_id = 2 and stage_id = 'EXECUTING'");
        await portal.ExecuteAsync($$"""
            insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at)
            values (710000001, 2, {{deal}}, 0, 'EXECUTING', 1, 1, gen_random_uuid(), 0, 1, 'page', 1, 0, 0, 1, now())
            """);
        await portal.ExecuteAsync($$"""
            insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, code, planned_at, due_at)
            values (710000001, 710000001, 2, {{deal}}, 'EXECUTING', 2, 0, 'late', 'notify_user', 'Ask after two weeks', 0, 1, '{}', 'delay', now(), now() + interval '14 days')
            """);
        await using var test = await portal.OpenAsync($"/deals/{deal}/automation");

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "What if now?" }).First.ClickAsync();

        await Expect(test.Page.Locator(".trial-act", new() { HasText = "How is" })).ToBeVisibleAsync();
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "trial-wait", fullPage: true);
        Assert.Equal(0L, await portal.ScalarAsync<long>("select state::bigint from robot_run where id = 710000001"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_script_is_tried_on_the_first_item_before_it_is_run()
    {
        await portal.ExecuteAsync("""
            insert into config_version (kind, key, number, state, content, author_id, at) values ('script', '2:990001', 1, 1,
              '{"name":"Say why","enabled":true,"parameters":[{"name":"Reason","title":"Reason","kind":0,"required":true,"default":""}],"robots":[{"key":"say","type":"add_comment","name":"Say why","settings":{"text":"Because {=Template:Reason}"}}]}', 1, now())
            on conflict do nothing
            """);
        var deal = await portal.ScalarAsync<long>("select max(id) from item where type_id = 2 and stage_id = 'NEW'");
        await using var test = await portal.OpenAsync($"/automation/run/deals?script=990001&items={deal}");

        await test.Page.GetByLabel("Reason").FillAsync("of rain");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Try on the first item" }).ClickAsync();

        await Expect(test.Page.Locator(".trial-act", new() { HasText = "Because of rain" })).ToBeVisibleAsync();
        await PageChecks.CheckAsync(test);
        Assert.Equal(0L, await portal.ScalarAsync<long>("select count(*) from launch where script_id = 990001"));
        test.AssertQuiet();
    }
}
