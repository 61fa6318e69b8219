using AutomationCrm.Browser.Tests.Support;
using AutomationCrm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>What begins by itself and what waits, as people see and change it.</summary>
[Collection(PortalTests.Name)]
public sealed class TriggerPageTests(PortalFixture portal)
{
    [Fact]
    public async Task A_trigger_is_added_changed_and_deleted_on_the_page_of_the_pipeline()
    {
        await using var test = await portal.OpenAsync("/automation/leads/0");
        var page = test.Page;
        var stage = page.Locator("#stage-PROCESSED");
        await stage.Locator("[popovertarget='add-trigger-PROCESSED']").ClickAsync();
        await page.Locator("#add-trigger-PROCESSED a[href*='type=date_reached']").ClickAsync();
        await page.Locator("#name").FillAsync("Three days before the talk");
        await page.Locator("#setting-field").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await page.Locator("[name='s.offset.number']").FillAsync("3");
        await page.Locator("[name='s.offset.unit']").SelectOptionAsync("d");
        await page.Locator("[name='s.offset.direction']").SelectOptionAsync("before");
        await SaveAsync(page);

        await stage.GetByRole(AriaRole.Link, new() { Name = "Three days before the talk", Exact = true }).ClickAsync();
        await Expect(page.Locator("[name='s.offset.number']")).ToHaveValueAsync("3");
        await Expect(page.Locator("[name='s.offset.direction']")).ToHaveValueAsync("before");
        await PageChecks.CheckAsync(test);
        Assert.Equal("-P3D", await portal.ScalarAsync<string>("select content #>> '{triggers,0,settings,offset}' from config_version where key = '1:PROCESSED' and state = 1 order by number desc limit 1"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Locator("dialog[open] button.btn-primary").ClickAsync();
        await Expect(stage.Locator(".trigger-card")).ToHaveCountAsync(0);
        test.AssertQuiet();
    }

    [Fact]
    public async Task A_visitor_sends_a_public_form_and_a_deal_with_his_words_begins()
    {
        await Samples.FormAsync(portal, "visitorform", "Ask for an offer");
        await using var test = await portal.OpenAsync("/forms/visitorform", new View(SignedIn: false));
        var page = test.Page;
        await page.GetByLabel("First name").FillAsync("Vera");
        await page.GetByLabel("E-mail").FillAsync("vera.visitor@example.test");
        await page.GetByLabel("Notes").FillAsync("Ten chairs, please");
        await page.GetByLabel("I agree").CheckAsync();
        // Who sends within three seconds is taken for a machine; the stamp says when the page was shown.
        await Eventually.Async(() => page.EvaluateAsync<bool>("() => Date.now() - Number(document.querySelector('[name=stamp]').value.split('.')[0]) > 3200"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(page.Locator("[role=status]")).ToContainTextAsync("Thank you, we will call you.");
        await PageChecks.CheckAsync(test);
        Assert.Equal("1/1", await portal.ScalarAsync<string>("select (select count(*) from item where type_id = 2 and title = 'Ask for an offer') || '/' || (select count(*) from item where type_id = 3 and search like '%vera.visitor@example.test%')"));

        await using var inside = await portal.OpenAsync($"/deals/{await portal.ScalarAsync<long>("select id from item where type_id = 2 and title = 'Ask for an offer'")}/timeline");
        await Expect(inside.Page.Locator("main")).ToContainTextAsync("First name: Vera");
        inside.AssertQuiet();
    }

    [Fact]
    public async Task A_wait_is_postponed_run_at_once_and_cancelled()
    {
        var deal = await Samples.WaitingDealAsync(portal);
        await using var test = await portal.OpenAsync($"/deals/{deal}/automation");
        var page = test.Page;
        await page.Locator(".wait-actions [name=until]").FillAsync("2031-05-06T07:08");
        await page.GetByRole(AriaRole.Button, new() { Name = "Postpone" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("The new moment is set.");
        await Expect(page.Locator(".robot-meta").Filter(new() { HasText = "2031" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("It goes on at once.");
        await Expect(page.Locator(".wait-actions")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        Assert.Equal(1L, await portal.ScalarAsync<long>($"select count(*) from comment where item_id = {deal} and text = 'Asked again'"));

        var other = await Samples.WaitingDealAsync(portal);
        await test.GoAsync($"/deals/{other}/automation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("The waiting robot is cancelled.");
        await Expect(page.Locator(".wait-actions")).ToHaveCountAsync(0);
        test.AssertQuiet();
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.Locator(".form-actions").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("is live");
    }
}
