using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static AutomationCrm.Browser.Tests.Pages.Editor.EditorSteps;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>The form of a robot: its condition in words, and the way to what is wrong with it.</summary>
[Collection(PortalTests.Name)]
public sealed class RobotFormTests(PortalFixture portal)
{
    [Fact]
    public async Task A_nested_condition_is_built_and_told_in_plain_words()
    {
        await using var test = await portal.OpenAsync("/automation/deals/0/robot?stage=EXECUTING&type=add_comment");
        var page = test.Page;
        var editor = page.Locator("#condition");

        await editor.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await RowAsync(editor, 0, "OPPORTUNITY", "gt", "1000");
        await editor.GetByRole(AriaRole.Button, new() { Name = "Add a group" }).ClickAsync();
        await RowAsync(editor, 1, "TITLE", "contains", "chairs");
        await editor.Locator(".is-inner").GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await RowAsync(editor, 2, "COMMENTS", "filled", null);

        await Expect(editor.Locator("[data-sentence]")).ToHaveTextAsync("Amount is greater than “1,000” and (Title contains “chairs” or Notes is filled in)");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-condition", fullPage: true);

        await page.Locator("[name='s.text']").FillAsync("Hello");
        await page.Locator("[name='s.text']").PressSequentiallyAsync(" {=Tit");
        await page.Locator(".assist-list [role=option]").First.ClickAsync();
        await Expect(page.Locator("[name='s.text']")).ToHaveValueAsync("Hello {=Document:TITLE}");
        await page.Locator(".form-actions").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("is live");
        Assert.Contains("\"any\"", await portal.ScalarAsync<string>("select content::text from config_version where key = '2:EXECUTING' and state = 1 order by number desc limit 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_problem_leads_to_the_part_of_the_robot()
    {
        var (stage, _) = await portal.StagesAsync(0, 0);
        await portal.PublishAsync(stage, Comment("broken", "Broken", "{=Document:NOBODY}"));
        await using var test = await portal.OpenAsync(Invoices + "/problems");

        await Expect(test.Page.Locator(".problem-list")).ToContainTextAsync("NOBODY");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "automation-problems");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Broken" }).First.ClickAsync();

        Assert.EndsWith("#setting-text", test.Page.Url, StringComparison.Ordinal);
        await portal.PublishAsync(stage);
    }

    [Fact]
    public async Task The_form_shows_the_inputs_of_the_chosen_kind_and_names_instead_of_codes()
    {
        await using var test = await portal.OpenAsync("/automation/deals/0/robot?stage=EXECUTING&type=wait_for");
        var page = test.Page;
        var (what, fields, task) = (page.Locator("[name='s.what']"), page.Locator("[name='s.fields']"), page.Locator("[name='s.task']"));

        await Expect(fields).ToBeHiddenAsync();
        await Expect(page.Locator("[data-when='onTimeout=move']")).ToBeHiddenAsync();
        await what.SelectOptionAsync("filled");
        await Expect(task).ToBeHiddenAsync();
        await fields.SelectOptionAsync(["COMMENTS", "OPPORTUNITY"]);
        await page.Locator("[name='s.timeout.number']").FillAsync("3");
        await page.Locator("[name='s.timeout.unit']").SelectOptionAsync("d");
        await page.Locator("[name='s.onTimeout']").SelectOptionAsync("move");
        await page.Locator("[name='s.stage']").SelectOptionAsync("=");
        await page.Locator("[name='s.stage.formula']").FillAsync("{=Document:STAGE_ID}");
        await page.Locator("#name").ClickAsync();
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-wait-for", fullPage: true);
        await page.Locator(".form-actions").GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Nothing is live yet");
        var settings = await portal.ScalarAsync<string>("select (content -> 'robots' -> -1 -> 'settings')::text from config_version where key = '2:EXECUTING' and state = 0");
        Assert.Contains("""["COMMENTS", "OPPORTUNITY"]""", settings, StringComparison.Ordinal);
        Assert.Contains("{=Document:STAGE_ID}", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("\"task\"", settings, StringComparison.Ordinal);
        await portal.ExecuteAsync("delete from config_version where key = '2:EXECUTING' and state = 0");
    }

    [Fact]
    public async Task Without_script_every_input_shows()
    {
        await using var test = await portal.OpenAsync("/automation/deals/0/robot?stage=EXECUTING&type=wait_for", new View(Script: false));

        await Expect(test.Page.Locator("[name='s.fields']")).ToBeVisibleAsync();
        await Expect(test.Page.Locator("[name='s.task']")).ToBeVisibleAsync();
    }
}
