using System.Globalization;
using AutomationCrm.Browser.Tests.Support;
using AutomationCrm.Testing;
using Microsoft.Playwright;
using static AutomationCrm.Browser.Tests.Pages.Editor.EditorSteps;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>The columns of a pipeline: robots dragged, moved by keyboard, copied, and the question about items that are there already.</summary>
[Collection(PortalTests.Name)]
public sealed class RobotColumnTests(PortalFixture portal)
{
    [Fact]
    public async Task A_robot_is_dragged_to_another_stage_and_the_message_takes_it_back()
    {
        var (from, to) = await portal.StagesAsync(0, 1);
        await portal.PublishAsync(from, Comment("one", "One"), Comment("two", "Two"));
        await portal.PublishAsync(to);
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await DragAsync(page, Card(page, from, "one"), List(page, to));

        await Expect(Card(page, to, "one")).ToBeVisibleAsync();
        await Expect(page.Locator("crm-toasts")).ToContainTextAsync("One moved to");
        await Expect(Column(page, to)).ToHaveAttributeAsync("data-version", (await portal.VersionAsync(to)).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(["one"], await portal.KeysAsync(to));

        await page.Locator("crm-toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Eventually.Async(async () => (await portal.KeysAsync(from)).SequenceEqual(["one", "two"]));
        Assert.Empty(await portal.KeysAsync(to));
        test.AssertQuiet();
    }

    [Fact]
    public async Task The_keyboard_orders_robots_and_moves_them_between_stages()
    {
        var (from, to) = await portal.StagesAsync(1, 2);
        await portal.PublishAsync(from, Comment("one", "One"), Comment("two", "Two"));
        await portal.PublishAsync(to);
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await Card(page, from, "two").Locator(".item-title").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Eventually.Async(async () => (await portal.KeysAsync(from)).SequenceEqual(["two", "one"]));
        await Expect(Column(page, from)).ToHaveAttributeAsync("data-version", (await portal.VersionAsync(from)).ToString(CultureInfo.InvariantCulture));
        await Card(page, from, "two").Locator(".item-title").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");

        await Eventually.Async(async () => (await portal.KeysAsync(to)).SequenceEqual(["two"]));
    }

    [Fact]
    public async Task A_selection_is_copied_to_another_item_type_with_a_report_of_what_does_not_fit()
    {
        var (from, _) = await portal.StagesAsync(2, 2);
        await portal.PublishAsync(from, Comment("fits", "Fits"), Comment("stuck", "Stuck", "Pay by {=Document:ACCOUNT_NUMBER}"), Comment("third", "Third"));
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await Card(page, from, "fits").Locator(".robot-check").CheckAsync();
        await Card(page, from, "third").Locator(".robot-check").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(Column(page, from).Locator(".robot-check:checked")).ToHaveCountAsync(3);
        await Column(page, from).GetByRole(AriaRole.Button, new() { Name = "Copy or move…" }).ClickAsync();
        await page.Locator("input[name=targets][value='1:PROCESSED']").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check what fits" }).ClickAsync();

        var report = page.Locator("#report");
        await Expect(report.Locator(".copy-lines li").Nth(1)).ToContainTextAsync("stays behind");
        await Expect(report).ToContainTextAsync("ACCOUNT_NUMBER");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-copy-report", fullPage: true);
        await report.GetByRole(AriaRole.Button, new() { Name = "Take what fits" }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("did not fit");
        Assert.Equal(["fits", "third"], await portal.KeysAsync("PROCESSED", 1));
    }

    [Fact]
    public async Task Items_on_a_stage_get_an_added_robot_only_when_somebody_says_so()
    {
        await using var test = await portal.OpenAsync("/automation/deals/0/robot?stage=FINAL_INVOICE&type=add_comment");
        var page = test.Page;
        await page.Locator("#name").FillAsync("Late note");
        await page.Locator("[name='s.text']").FillAsync("Late");
        await page.Locator("#name").ClickAsync();
        await page.Locator(".form-actions").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.Locator(".apply-question")).ToContainTextAsync("Late note");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-apply");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Yes, for") }).ClickAsync();

        await Expect(page.Locator(".launch-items > .launch-completed").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.True(await portal.ScalarAsync<long>("select count(*) from comment where text = 'Late'") > 0);
    }

    [Fact]
    public async Task A_robot_moved_to_a_stage_with_items_asks_whether_they_get_it()
    {
        var to = await portal.ScalarAsync<string>("select stage_id from item where type_id = 31 and stage_id <> (select id from stage where type_id = 31 and pipeline_id = 1 order by sort limit 1) group by stage_id order by count(*) desc limit 1");
        var from = await portal.ScalarAsync<string>($"select id from stage where type_id = 31 and pipeline_id = 1 and sort < (select sort from stage where type_id = 31 and id = '{to}') order by sort desc limit 1");
        await portal.PublishAsync(from, Comment("late", "Late"));
        await portal.PublishAsync(to);
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await Card(page, from, "late").Locator(".item-title").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");

        await Expect(page.Locator(".apply-question")).ToContainTextAsync("Late");
        await PageChecks.CheckAsync(test);
        await page.Locator(".apply-question").GetByRole(AriaRole.Link, new() { Name = "No, only for items that come" }).ClickAsync();
        await Expect(page.Locator(".apply-question")).ToHaveCountAsync(0);
        await portal.PublishAsync(to);
    }

    [Fact]
    public async Task A_stage_is_switched_to_run_for_items_that_jump_over_it_and_they_say_so()
    {
        var (stage, next) = await portal.StagesAsync(1, 2);
        await portal.PublishAsync(stage, Comment("one", "One"));
        await using var test = await portal.OpenAsync(Invoices);
        var column = Column(test.Page, stage);

        await column.Locator(".stage-settings > summary").ClickAsync();
        await column.GetByRole(AriaRole.Switch, new() { Name = "Run when it is jumped over too" }).CheckAsync();
        await column.Locator(".undo-window").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(column.Locator(".column-head")).ToContainTextAsync("also when jumped over");
        await PageChecks.CheckAsync(test);
        var (first, _) = await portal.StagesAsync(0, 0);
        await portal.CallAsync("crm.item.add", $$$"""{"entityTypeId":31,"fields":{"title":"Paid at once","stageId":"{{{first}}}"}}""");
        var invoice = await portal.ScalarAsync<long>("select max(id) from item where type_id = 31 and title = 'Paid at once'");
        await portal.CallAsync("crm.item.update", $$$"""{"entityTypeId":31,"id":{{{invoice}}},"fields":{"stageId":"{{{next}}}"}}""");

        await test.GoAsync($"/invoices/{invoice}/automation");
        await Expect(test.Page.Locator(".run-head").Filter(new() { HasText = "jumped over" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_stage_is_switched_to_run_for_imported_items_and_says_so()
    {
        var (stage, _) = await portal.StagesAsync(0, 0);
        await portal.PublishAsync(stage, Comment("one", "One"));
        await using var test = await portal.OpenAsync(Invoices);
        var column = Column(test.Page, stage);

        await column.Locator(".stage-settings > summary").ClickAsync();
        await column.GetByRole(AriaRole.Switch, new() { Name = "Run for imported items too" }).CheckAsync();
        await PageChecks.CheckAsync(test);
        await column.Locator(".undo-window").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(column.Locator(".column-head")).ToContainTextAsync("also on import");
        await Screenshots.TakeAsync(test.Page, "automation-stage-settings");
        Assert.True(await portal.ScalarAsync<bool>($"select (content ->> 'onImport')::boolean from config_version where key = '31:{stage}' and state = 1 order by number desc limit 1"));
    }
}
