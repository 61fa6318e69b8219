using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Runs, why, the dry run and decisions about many failures.</summary>
[Collection(PortalTests.Name)]
public sealed class ExplainPageTests(PortalFixture portal)
{
    [Theory]
    [InlineData("/runs", "runs")]
    [InlineData("/runs?view=robots", "runs-robots")]
    [InlineData("/runs?q=nothingmatchesthis", "runs-empty")]
    [InlineData("/automation/deals/0/try", "trial-empty")]
    public Task A_page_is_sound_in_every_view(string path, string picture) => PageChecks.EveryViewAsync(portal, path, picture);

    [Fact]
    public async Task A_run_is_found_by_its_stage_and_leads_to_the_reason_of_a_robot()
    {
        await portal.ExecuteAsync("""
            with r as (
              insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at, finished_at)
              select 700000001, 2, max(id), 0, 'PREPARATION', 1, 1, gen_random_uuid(), 0, 1, 'page', 1, 0, 1, 0, now(), now() from item where type_id = 2 and stage_id = 'EXECUTING' returning id, item_id)
            insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, operands, code, message, planned_at, started_at, finished_at)
            select 700000001, r.id, 2, r.item_id, 'PREPARATION', 0, 0, 'legal', 'create_task', 'Ask the legal department', 3, 1, '{}',
              '{"all":[{"field":"OPPORTUNITY","op":"gt","value":"1000000","left":5,"right":1000000,"holds":false}],"holds":false}', 'condition.false', 'The condition is not true.', now(), now(), now() from r
            """);
        await using var test = await portal.OpenAsync("/runs?view=robots");
        await test.Page.GetByLabel("State", new() { Exact = true }).SelectOptionAsync("Skipped");
        await Expect(test.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("state=Skipped"));
        await Expect(test.Page.Locator("#runs-list tbody tr").First).ToContainTextAsync("not run");

        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Why?" }).First.ClickAsync();
        await Expect(test.Page.Locator(".why-state")).ToContainTextAsync("Not started");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "why", fullPage: true);

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Play it through" }).ClickAsync();
        await Expect(test.Page.Locator("section[aria-labelledby=now] .robot-run, section[aria-labelledby=now] .alert").First).ToBeVisibleAsync();
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_stage_is_tried_on_a_deal_that_is_found_by_its_name_and_nothing_is_done()
    {
        var deal = await portal.ScalarAsync<long>("select max(id) from item where type_id = 2 and pipeline_id = 0 and stage_id = 'EXECUTING'");
        var title = await portal.ScalarAsync<string>($"select title from item where type_id = 2 and id = {deal}");
        var comments = await portal.ScalarAsync<long>("select count(*) from robot_run");
        await using var test = await portal.OpenAsync("/automation/deals/0/try?stage=PREPARATION");
        await test.Page.GetByLabel("Item", new() { Exact = true }).FillAsync(title);
        await test.Page.GetByLabel("Move time by").FillAsync("30");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Try" }).ClickAsync();
        await test.Page.Locator(".trial-found a").First.ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Try" }).ClickAsync();

        await Expect(test.Page.Locator(".alert").First).ToContainTextAsync("Nothing of it was done");
        await Expect(test.Page.Locator(".robot-run").First).ToBeVisibleAsync();
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "trial", fullPage: true);
        Assert.Equal("EXECUTING", await portal.ScalarAsync<string>($"select stage_id from item where type_id = 2 and id = {deal}"));
        Assert.Equal(comments, await portal.ScalarAsync<long>("select count(*) from robot_run"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task All_failures_of_a_robot_are_decided_at_once_with_a_report()
    {
        await portal.ExecuteAsync("""
            with r as (
              insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, planned_at)
              select 800000000 + n, 800000000 + n, 2, (select min(id) from item where type_id = 2), 'NEW', 0, 0, 'bulk_test', 'call_webhook', 'Tell the bulk test', 5, 1, '{}', now() from generate_series(1, 40) n returning id)
            insert into incident (id, lane_id, type_id, item_id, run_id, robot_run_id, code, message, job_kind, args, state, created_at)
            select id, 0, 2, (select min(id) from item where type_id = 2), id, id, 'effect.failed', 'Nobody answers.', 'nothing', '{}', 0, now() from r
            """);
        await using var test = await portal.OpenAsync("/attention");
        var group = test.Page.Locator(".attention-group", new() { HasText = "Tell the bulk test" });
        await Expect(group).ToContainTextAsync("40 items");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "attention-groups");
        await group.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();

        await Expect(test.Page.Locator("#bulk-progress")).ToContainTextAsync("Finished", new() { Timeout = 30_000 });
        await Expect(test.Page.Locator("#bulk-progress")).ToContainTextAsync("40 of 40");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "bulk", fullPage: true);
        Assert.Equal(0L, await portal.ScalarAsync<long>("select count(*) from incident where state = 0 and message = 'Nobody answers.'"));
        test.AssertQuiet();
    }
}
