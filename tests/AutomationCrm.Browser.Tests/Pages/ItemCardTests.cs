using System.Text.RegularExpressions;
using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

[Collection(PortalTests.Name)]
public sealed class ItemCardTests(PortalFixture portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_field_is_edited_and_the_timeline_names_it(bool script)
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/edit", new View(Script: script));

        await test.Page.GetByLabel("Amount", new() { Exact = true }).FillAsync("12,345.50");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(test.Page).ToHaveURLAsync(new Regex($"/deals/{deal}$"));
        await Expect(test.Page.Locator(".item-amount")).ToContainTextAsync("12,345.50");
        await test.GoAsync($"/deals/{deal}/timeline");
        await Expect(test.Page.Locator(".timeline-item").First).ToContainTextAsync("Amount");
        await Expect(test.Page.Locator(".timeline-item ins").First).ToContainTextAsync("12,345.50");
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_wrong_amount_is_refused_by_the_fields_title_and_the_input_stays()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/edit");

        await test.Page.GetByLabel("Amount", new() { Exact = true }).FillAsync("a lot");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(test.Page.Locator("#field-OPPORTUNITY-error")).ToContainTextAsync("Amount");
        await Expect(test.Page.GetByLabel("Amount", new() { Exact = true })).ToHaveValueAsync("a lot");
        await PageChecks.CheckAsync(test);
    }

    [Fact]
    public async Task Whoever_saves_later_sees_who_changed_what_and_keeps_the_input()
    {
        var deal = await portal.TakeDealAsync();
        await using var mine = await portal.OpenAsync($"/deals/{deal}/edit");
        await using var other = await portal.OpenAsync($"/deals/{deal}/edit");

        await other.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Theirs");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(other.Page).ToHaveURLAsync(new Regex($"/deals/{deal}$"));
        await mine.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Mine");
        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(mine.Page.Locator(".alert-warning")).ToContainTextAsync("Title");
        await Expect(mine.Page.Locator(".field-theirs")).ToContainTextAsync("Theirs");
        await Expect(mine.Page.GetByLabel("Title", new() { Exact = true })).ToHaveValueAsync("Mine");
        await PageChecks.CheckAsync(mine);
        await Screenshots.TakeAsync(mine.Page, "deal-conflict");

        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Save my version" }).ClickAsync();
        await Expect(mine.Page.Locator("h1")).ToHaveTextAsync("Mine");
    }

    [Fact]
    public async Task A_client_is_found_by_typing_a_part_of_its_name()
    {
        var company = await portal.ScalarAsync<string>("select title from item where type_id = 4 order by id limit 1");
        await using var test = await portal.OpenAsync("/deals/new");
        await test.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Deal with a client");

        await test.Page.GetByLabel("Company", new() { Exact = true }).PressSequentiallyAsync(company[..5]);
        var option = test.Page.Locator("#field-COMPANY_ID-list option").First;
        await Expect(option).ToBeAttachedAsync();
        await test.Page.GetByLabel("Company", new() { Exact = true }).FillAsync((await option.GetAttributeAsync("value"))!);
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        await Expect(test.Page.Locator("h1")).ToHaveTextAsync("Deal with a client");
        await Expect(test.Page.Locator(".item-head a")).ToHaveCountAsync(1);
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_comment_appears_in_a_second_window()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/timeline");
        await using var other = await portal.OpenAsync($"/deals/{deal}/timeline");
        await Expect(other.Page.Locator("crm-live")).ToHaveAttributeAsync("data-state", "connected");

        await test.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("Called, wants a discount");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();

        await Expect(test.Page.Locator(".timeline-item").First).ToContainTextAsync("Called, wants a discount");
        await Expect(other.Page.Locator(".timeline-item").First).ToContainTextAsync("Called, wants a discount");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Comments" }).ClickAsync();
        await Expect(test.Page.Locator(".timeline-item")).ToHaveCountAsync(1);
        test.AssertQuiet();
        other.AssertQuiet();
    }

    [Fact]
    public async Task A_task_is_added_closed_and_opened_again()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}/tasks");
        await test.Page.GetByLabel("What is to be done").FillAsync("Send the offer");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Add task" }).ClickAsync();

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as done: Send the offer" }).ClickAsync();
        await Expect(test.Page.Locator(".task-row.is-closed")).ToContainTextAsync("Send the offer");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Open again: Send the offer" }).ClickAsync();

        await Expect(test.Page.Locator(".task-row.is-closed")).ToHaveCountAsync(0);
        test.AssertQuiet();
    }

    [Fact]
    public async Task After_a_move_the_automation_tab_tells_what_ran_and_why_the_rest_did_not()
    {
        var deal = await portal.TakeDealAsync();
        await portal.ExecuteAsync("update item set amount = 100, amount_base = 100 where type_id = 2 and id = $1", deal);
        await using var test = await portal.OpenAsync($"/deals/{deal}/automation");

        await test.Page.Locator(".stepper").GetByRole(AriaRole.Button, new() { Name = "Contract preparation" }).ClickAsync();

        var robots = test.Page.Locator(".run-stage.is-current .robot-run");
        ILocator Robot(string name) => robots.Filter(new() { Has = test.Page.Locator($"strong:text-is('{name}')") });
        await Expect(Robot("Task for legal").Locator(".robot-state")).ToHaveTextAsync("Done", new() { Timeout = 20_000 });
        var big = Robot("Tell the head of sales about big deals");
        await Expect(big.Locator(".robot-state")).ToHaveTextAsync("Not run");
        await Expect(big.Locator(".condition-rows")).ToContainTextAsync("false");
        await Expect(test.Page.Locator(".item-undo")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(test.Page, "deal-automation-run", fullPage: true);
        await PageChecks.CheckAsync(test);

        await test.Page.Locator(".item-undo").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(test.Page.Locator(".stepper .current")).Not.ToContainTextAsync("Contract preparation");
    }

    [Fact]
    public async Task The_menu_moves_it_to_a_final_stage_without_script()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}", new View(Script: false));

        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Move to…" }).ClickAsync();
        await test.Page.Locator("#move-menu").GetByRole(AriaRole.Button, new() { Name = "Lost", Exact = true }).ClickAsync();

        await Expect(test.Page.Locator(".stepper .current")).ToContainTextAsync("Lost");
    }

    [Fact]
    public async Task A_deal_is_deleted_after_a_question()
    {
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, go on" }).ClickAsync();

        await Expect(test.Page).ToHaveURLAsync(new Regex("/deals$"));
        var answer = await test.Page.Context.APIRequest.GetAsync($"/deals/{deal}");
        Assert.Equal(404, answer.Status);
    }
}
