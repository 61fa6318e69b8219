using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>Scripts: made, started on chosen items, their queue.</summary>
[Collection(PortalTests.Name)]
public sealed class ScriptPageTests(PortalFixture portal)
{
    [Fact]
    public async Task A_script_is_made_started_on_selected_items_and_its_queue_shows_how_far_it_is()
    {
        await using var test = await portal.OpenAsync("/automation/deals/0/scripts");
        var page = test.Page;
        await page.Locator("#name").FillAsync("Hand over");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.Locator("[name='p.name']").First.FillAsync("Why");
        await page.Locator("[name='p.title']").First.FillAsync("Reason");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Locator(".btn-add").ClickAsync();
        await page.Locator("#add-robot").GetByRole(AriaRole.Link).Filter(new() { HasText = "Add comment" }).First.ClickAsync();
        await page.Locator("#name").FillAsync("Say why");
        await page.Locator("[name='s.text']").FillAsync("Handed over: {=Template:Why}");
        await page.Locator("#name").ClickAsync();
        await page.Locator(".form-actions").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".robot-card")).ToContainTextAsync("Say why");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-script", fullPage: true);

        await page.GotoAsync("/deals/list");
        await page.Locator(".pick-cell input").Nth(0).CheckAsync();
        await page.Locator(".pick-cell input").Nth(1).CheckAsync();
        await PageChecks.CheckAsync(test);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run a script on the selected…" }).ClickAsync();
        if (await page.Locator(".script-choice a").CountAsync() > 1) await page.GetByRole(AriaRole.Link, new() { Name = "Hand over" }).ClickAsync();
        await page.Locator("#v-Why").FillAsync("holiday");
        await PageChecks.CheckAsync(test);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Started on 2 items");
        await Expect(page.Locator(".launch-items > .launch-completed")).ToHaveCountAsync(2, new() { Timeout = 20_000 });
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-queue", fullPage: true);
        Assert.Equal(2L, await portal.ScalarAsync<long>("select count(*) from comment where text = 'Handed over: holiday'"));
    }

    [Fact]
    public async Task Cards_chosen_on_the_board_go_to_the_choice_of_a_script_and_stay_chosen_when_a_column_is_fetched_again()
    {
        await using var test = await portal.OpenAsync("/deals");
        var page = test.Page;
        var boxes = page.Locator("[data-cards]").Filter(new() { Has = page.Locator(".board-card") }).First.Locator(".card-check");
        var ids = new List<string>();

        await boxes.Nth(0).CheckAsync();
        await boxes.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        for (var i = 0; i < 3; i++) ids.Add((await boxes.Nth(i).GetAttributeAsync("value"))!);
        await Expect(page.Locator(".card-check:checked")).ToHaveCountAsync(3);
        await page.EvaluateAsync("document.dispatchEvent(new CustomEvent('crm:refresh', { detail: { parts: [...document.querySelectorAll('.board-column')] } }))");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(page.Locator(".card-check:checked")).ToHaveCountAsync(3);
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "board-selection");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run a script on the selected…" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/automation/run/deals"));
        Assert.All(ids, id => Assert.Contains($"items={id}", page.Url, StringComparison.Ordinal));
    }
}
