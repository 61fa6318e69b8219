using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>An administrator configures robots without help: add, edit, order, switch off, restore, delete.</summary>
[Collection(PortalTests.Name)]
public sealed class AutomationPageTests(PortalFixture portal)
{
    private const string Leads = "/automation/leads/0";

    [Fact]
    public async Task A_robot_is_added_edited_ordered_switched_off_restored_and_deleted()
    {
        await using var test = await portal.OpenAsync(Leads);
        var page = test.Page;

        await AddAsync(page, "Add comment", "First note", "Called {=Document:TITLE}");
        await AddAsync(page, "Add comment", "Second note", "Again");
        await Expect(Names(page)).ToHaveTextAsync(["First note", "Second note"]);

        await MenuAsync(page, "Second note", "Earlier: Second note");
        await Expect(Names(page)).ToHaveTextAsync(["Second note", "First note"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "First note", Exact = true }).ClickAsync();
        await page.GetByLabel("Start only when the previous robot is done").CheckAsync();
        await SaveAsync(page);
        await Expect(Column(page)).ToContainTextAsync("after the previous one");

        await MenuAsync(page, "Second note", "Switch off");
        await Expect(Column(page).Locator(".is-off .item-title")).ToHaveTextAsync("Second note");
        await Expect(Column(page).Locator(".is-off")).ToContainTextAsync("switched off by");

        await Column(page).Locator("a.robot-version[href*='versions']").ClickAsync();
        await Expect(page.Locator(".diff-entry")).ToContainTextAsync("Switched on");
        await Expect(page.Locator(".diff-entry del")).ToHaveTextAsync("Yes");
        await page.Locator(".version-list > li").Nth(1).GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(Column(page).Locator(".is-off")).ToHaveCountAsync(0);

        await MenuAsync(page, "First note", "Delete");
        await page.Locator("dialog[open] button.btn-primary").ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["Second note"]);
    }

    [Fact]
    public async Task A_placeholder_that_nobody_knows_is_refused_and_the_input_stays()
    {
        await using var test = await portal.OpenAsync(Leads + "/robot?stage=IN_PROCESS&type=add_comment");

        await test.Page.Locator("[name='s.text']").FillAsync("Hello {=Document:NOBODY_KNOWS}");
        await test.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(test.Page.Locator("[role=alert]").First).ToContainTextAsync("NOBODY_KNOWS");
        await Expect(test.Page.Locator("[name='s.text']")).ToHaveValueAsync("Hello {=Document:NOBODY_KNOWS}");
        await PageChecks.AxeAsync(test.Page);
    }

    private static async Task AddAsync(IPage page, string type, string name, string text)
    {
        await Column(page).Locator("[popovertarget='add-NEW']").ClickAsync();
        await page.Locator("#add-NEW").GetByRole(AriaRole.Link).Filter(new() { HasText = type }).First.ClickAsync();
        await page.Locator("#name").FillAsync(name);
        await page.Locator("[name='s.text']").FillAsync(text);
        await page.Locator("#name").ClickAsync();
        await SaveAsync(page);
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.Locator(".form-actions").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("is live");
    }

    private static async Task MenuAsync(IPage page, string robot, string action)
    {
        await Column(page).GetByRole(AriaRole.Button, new() { Name = $"More about {robot}" }).ClickAsync();
        await Column(page).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
    }

    private static ILocator Column(IPage page) => page.Locator("#stage-NEW");

    private static ILocator Names(IPage page) => Column(page).Locator(".robot-card .item-title");
}
