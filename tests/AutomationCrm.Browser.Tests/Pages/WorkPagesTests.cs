using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

[Collection(PortalTests.Name)]
public sealed class WorkPagesTests(PortalFixture portal)
{
    [Fact]
    public async Task A_failed_call_stands_in_the_outbox_and_is_sent_again()
    {
        var key = Guid.CreateVersion7();
        await AddDeliveryAsync(key);
        await using var test = await portal.OpenAsync("/outbox?state=Failed");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Tell the test" }).First.ClickAsync();
        await Expect(test.Page.Locator("#delivery")).ToContainTextAsync("connection refused");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "delivery", fullPage: true);

        await test.GoAsync($"/outbox/{key}");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(test.Page.Locator("#page-alerts")).ToContainTextAsync("sent again");
        // The attempt that the button asked for is made, and it names who asked.
        await test.GoAsync($"/outbox/{key}");
        await Expect(test.Page.Locator("#delivery")).ToContainTextAsync("Administrator", new() { Timeout = 20_000 });
        Assert.Equal("1/2", await portal.ScalarAsync<string>($"select (select count(*) from delivery_attempt a where a.effect_key = d.effect_key and a.by_person = (select id from person where is_admin and not is_demo)) || '/' || d.attempt from delivery d where d.effect_key = '{key}'"));
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_failed_call_needs_attention_and_says_what_to_do()
    {
        var key = Guid.CreateVersion7();
        await AddDeliveryAsync(key);
        await using var test = await portal.OpenAsync("/attention");

        await Expect(test.Page.Locator("#attention-list")).ToContainTextAsync("Check that the address answers");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "attention-open", fullPage: true);
    }

    [Fact]
    public async Task Search_finds_a_number_and_marks_a_name()
    {
        var deal = await portal.ScalarAsync<long>("select min(id) from item where type_id = 2");
        await using var test = await portal.OpenAsync($"/search?q=%23{deal}");
        await Expect(test.Page.Locator($".search-list a[href='/deals/{deal}']")).ToBeVisibleAsync();

        var company = await portal.ScalarAsync<string>("select title from item where type_id = 4 order by id limit 1");
        await test.GoAsync("/search?q=" + Uri.EscapeDataString(company));
        await Expect(test.Page.Locator("mark").First).ToBeVisibleAsync();
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_list_is_filtered_sorted_and_paged_by_its_address()
    {
        await using var test = await portal.OpenAsync("/deals/list");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Amount" }).ClickAsync();
        await Expect(test.Page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("Amount");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(test.Page.Locator(".pager")).ToContainTextAsync("51–");
        await test.Page.GetByLabel("Search in this list").FillAsync("nothing matches this");
        await Expect(test.Page.Locator(".empty-state")).ToBeVisibleAsync();
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_notification_is_read_by_opening_it()
    {
        var deal = await portal.ScalarAsync<long>("select min(id) from item where type_id = 2");
        await portal.ExecuteAsync("insert into notification (id, person_id, text, type_id, item_id, at) select 900000001, id, 'Look at this deal', 2, $1, now() from person where is_admin limit 1", deal);
        await using var test = await portal.OpenAsync("/notifications");

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Open: Look at this deal" }).ClickAsync();

        await Expect(test.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/deals/{deal}$"));
        await test.GoAsync("/notifications?unread=true");
        await Expect(test.Page.Locator("#notification-list")).Not.ToContainTextAsync("Look at this deal");
        test.AssertQuiet();
    }

    private Task AddDeliveryAsync(Guid key) => portal.ExecuteAsync(
        """
        with made as (
          insert into delivery (effect_key, lane_id, type_id, item_id, run_id, robot_run_id, robot_name, effect_kind, exact, destination, request, state, due_at, attempt, started_at, finished_at, created_at)
          select $1, 0, 2, min(id), 0, 0, 'Tell the test', 'webhook', false, 'http://127.0.0.1:9', '{"method":"POST","url":"http://127.0.0.1:9/hook","headers":{},"body":"{\"deal\":1}","contentType":"application/json","sign":false}', 3, now(), 1, now(), now(), now() from item where type_id = 2
          returning effect_key)
        insert into delivery_attempt (effect_key, attempt, started_at, duration_ms, error) select effect_key, 1, now(), 12, 'connection refused' from made
        """,
        key);
}
