using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static AutomationCrm.Browser.Tests.Pages.Editor.EditorSteps;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>"Otherwise …" and "ask for approval" on the stage itself, in an installation without processes.</summary>
[Collection(PortalTests.Name)]
public sealed class ProcessEntryPageTests(PortalFixture portal)
{
    [Fact]
    public async Task The_entries_show_what_would_be_handed_over_and_say_that_there_are_no_processes()
    {
        var (stage, _) = await portal.StagesAsync(2, 2);
        await portal.PublishAsync(stage, """{"key":"big","type":"add_comment","name":"Big order","enabled":true,"condition":{"all":[{"field":"OPPORTUNITY","op":"gt","value":1000}]},"settings":{"text":"x"}}""", Comment("plain", "Plain"));
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await Card(page, stage, "big").Locator(".card-menu").ClickAsync();
        await Card(page, stage, "big").GetByRole(AriaRole.Link, new() { Name = "Otherwise…" }).ClickAsync();
        await Expect(page.Locator(".handover")).ToContainTextAsync("Big order");
        await Expect(page.Locator("#page-alerts, main")).ToContainTextAsync(["Processes are not part of this installation yet"]);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Begin the process" })).ToHaveCountAsync(0);
        await PageChecks.CheckAsync(test);

        await page.Locator("input[name=keys][value=big]").UncheckAsync();
        await page.Locator("input[name=keys][value=plain]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what is handed over" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("needs robots with one condition");

        await page.GotoAsync(Invoices);
        await Column(page, stage).Locator(".btn-add").Last.ClickAsync();
        await Column(page, stage).GetByRole(AriaRole.Link, new() { NameRegex = new("^Ask for approval") }).Last.ClickAsync();
        await page.Locator("#done").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what is handed over" }).ClickAsync();
        await Expect(page.Locator(".handover")).ToContainTextAsync("the item moves to");
        await Screenshots.TakeAsync(page, "automation-handover", fullPage: true);
        await PageChecks.EveryViewAsync(portal, new Uri(page.Url).PathAndQuery, "automation-handover-view");
    }
}
