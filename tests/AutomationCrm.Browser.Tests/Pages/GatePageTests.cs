using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Fields that stages require: configured, asked for on the board and on the card, with and without scripts.</summary>
public sealed class GatePageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task A_dragged_card_asks_for_what_is_missing_and_goes_on()
    {
        await RequireAsync("""{"field":"COMMENTS","fromStage":"PREPARATION","toStage":"WON"}""");
        var deal = await portal.TakeDealAsync();
        await using var test = await OpenBoardAsync(deal);
        var (page, dialog) = (test.Page, test.Page.Locator("dialog.gate"));

        await page.DragCardAsync(deal, "PREPARATION");
        await Expect(dialog).ToContainTextAsync("Contract preparation");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "gate-dialog");
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.CardIn("NEW", deal)).ToBeVisibleAsync();

        await page.DragCardAsync(deal, "PREPARATION");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();
        await Expect(dialog.Locator(".is-invalid")).ToBeVisibleAsync();
        Assert.Equal("NEW", await StageAsync(deal));
        await dialog.Locator("#field-COMMENTS").FillAsync("Delivery in May");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();

        await Expect(dialog).Not.ToBeAttachedAsync();
        await Expect(page.CardIn("PREPARATION", deal)).ToBeVisibleAsync();
        await Expect(page.Locator("[data-toast]").GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        Assert.Equal("PREPARATION", await StageAsync(deal));
        test.AssertQuiet();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_stepper_of_a_card_leads_to_a_page_that_asks(bool script)
    {
        await RequireAsync("""{"field":"COMMENTS","fromStage":"EXECUTING","toStage":"EXECUTING"}""");
        var deal = await portal.TakeDealAsync();
        await using var test = await portal.OpenAsync($"/deals/{deal}", new View(Script: script));

        await test.Page.Locator(".stepper button[value=EXECUTING]").ClickAsync();
        await Expect(test.Page.Locator("h1")).ToContainTextAsync("In progress");
        await test.Page.Locator("#field-COMMENTS").FillAsync("All is agreed");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();

        await Expect(test.Page.Locator(".stepper .current")).ToContainTextAsync("In progress");
        Assert.Equal("EXECUTING", await StageAsync(deal));
        test.AssertQuiet();
    }

    [Fact]
    public async Task An_administrator_requires_a_field_and_takes_it_back()
    {
        await RequireAsync("");
        await using var test = await portal.OpenAsync("/automation/deals/0");
        var page = test.Page;
        await page.Locator("[popovertarget=more-automation]").ClickAsync();
        await page.Locator("#more-automation a[href$='/required']").ClickAsync();
        await page.Locator("#field").SelectOptionAsync("CLOSEDATE");
        await page.Locator("#from-stage").SelectOptionAsync("WON");
        await page.Locator("#to-stage").SelectOptionAsync("PREPARATION");
        await page.GetByRole(AriaRole.Button, new() { Name = "Require" }).ClickAsync();
        await Expect(page.Locator(".alert-danger")).ToBeVisibleAsync();

        await page.Locator("#field").SelectOptionAsync("CLOSEDATE");
        await page.Locator("#from-stage").SelectOptionAsync("PREPARATION");
        await page.Locator("#to-stage").SelectOptionAsync("WON");
        await page.GetByRole(AriaRole.Button, new() { Name = "Require" }).ClickAsync();
        await Expect(page.Locator(".launch-list li")).ToContainTextAsync("Contract preparation");
        await page.Locator("#automation").SelectOptionAsync("Warn");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#automation")).ToHaveValueAsync("Warn");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/required", "required");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Locator(".launch-list li")).ToHaveCountAsync(0);
        test.AssertQuiet();
    }

    [Fact]
    public async Task The_page_that_asks_is_sound_in_every_view()
    {
        await RequireAsync("""{"field":"COMMENTS","fromStage":"NEW","toStage":"WON"},{"field":"CLOSEDATE","fromStage":"EXECUTING","toStage":"WON"},{"field":"CONTACT_ID","fromStage":"EXECUTING","toStage":"WON"}""");
        var deal = await portal.TakeDealAsync();
        await PageChecks.EveryViewAsync(portal, $"/deals/{deal}/gate?to=EXECUTING", "gate");
    }

    private async Task<TestPage> OpenBoardAsync(long deal)
    {
        var test = await portal.OpenAsync($"/deals?q=%23{deal}");
        await Expect(test.Page.Locator("crm-live[data-state=connected]")).ToBeAttachedAsync();
        return test;
    }

    private async Task RequireAsync(string rules)
    {
        await portal.ExecuteAsync($$"""
            insert into config_version (kind, key, number, state, content, author_id, at, comment)
            select 'stage-gates', '2:0', coalesce(max(number), 0) + 1, 1, '{"required":[{{rules}}],"programs":"ignore","automation":"ignore"}', 0, now(), '' from config_version where kind = 'stage-gates'
            """);
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
    }

    private Task<string> StageAsync(long deal) => portal.ScalarAsync<string>($"select stage_id from item where type_id = 2 and id = {deal}");
}
