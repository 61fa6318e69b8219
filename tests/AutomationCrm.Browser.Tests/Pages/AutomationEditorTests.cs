using System.Globalization;
using AutomationCrm.Browser.Tests.Support;
using AutomationCrm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>The automation of a whole pipeline: dragged, copied, with conditions in words, drafted, compared, transferred.</summary>
[Collection(PortalTests.Name)]
public sealed class AutomationEditorTests(PortalFixture portal)
{
    private const string Invoices = "/automation/invoices/1";

    [Fact]
    public async Task A_robot_is_dragged_to_another_stage_and_the_message_takes_it_back()
    {
        var (from, to) = await StagesAsync(0, 1);
        await PublishAsync(from, Comment("one", "One"), Comment("two", "Two"));
        await PublishAsync(to);
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await DragAsync(page, Card(page, from, "one"), List(page, to));

        await Expect(Card(page, to, "one")).ToBeVisibleAsync();
        await Expect(page.Locator("crm-toasts")).ToContainTextAsync("One moved to");
        await Expect(Column(page, to)).ToHaveAttributeAsync("data-version", (await VersionAsync(to)).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(["one"], await KeysAsync(to));

        await page.Locator("crm-toasts").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Eventually.Async(async () => (await KeysAsync(from)).SequenceEqual(["one", "two"]));
        Assert.Empty(await KeysAsync(to));
        test.AssertQuiet();
    }

    [Fact]
    public async Task The_keyboard_orders_robots_and_moves_them_between_stages()
    {
        var (from, to) = await StagesAsync(1, 2);
        await PublishAsync(from, Comment("one", "One"), Comment("two", "Two"));
        await PublishAsync(to);
        await using var test = await portal.OpenAsync(Invoices);
        var page = test.Page;

        await Card(page, from, "two").Locator(".item-title").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Eventually.Async(async () => (await KeysAsync(from)).SequenceEqual(["two", "one"]));
        await Expect(Column(page, from)).ToHaveAttributeAsync("data-version", (await VersionAsync(from)).ToString(CultureInfo.InvariantCulture));
        await Card(page, from, "two").Locator(".item-title").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowRight");

        await Eventually.Async(async () => (await KeysAsync(to)).SequenceEqual(["two"]));
    }

    [Fact]
    public async Task A_selection_is_copied_to_another_item_type_with_a_report_of_what_does_not_fit()
    {
        var (from, _) = await StagesAsync(2, 2);
        await PublishAsync(from, Comment("fits", "Fits"), Comment("stuck", "Stuck", "Pay by {=Document:ACCOUNT_NUMBER}"), Comment("third", "Third"));
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
        Assert.Equal(["fits", "third"], await KeysAsync("PROCESSED", 1));
    }

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
    public async Task A_draft_is_not_live_before_it_is_published()
    {
        var (stage, _) = await StagesAsync(3, 3);
        await PublishAsync(stage, Comment("old", "Old"));
        await using var test = await portal.OpenAsync($"{Invoices}/robot?stage={Uri.EscapeDataString(stage)}&type=add_comment");
        var page = test.Page;

        await page.Locator("#name").FillAsync("Planned");
        await page.Locator("[name='s.text']").FillAsync("Soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Nothing is live yet");
        Assert.Equal(["old"], await KeysAsync(stage));

        await Column(page, stage).GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.Locator(".diff-entry")).ToContainTextAsync("Planned");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-diff", fullPage: true);
        await page.GoBackAsync();
        await Column(page, stage).GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("is live");
        Assert.Equal(2, (await KeysAsync(stage)).Length);
    }

    [Fact]
    public async Task The_page_of_a_pipeline_is_readable_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0", "automation");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/robot?stage=PREPARATION&type=create_task", "automation-robot");
    }

    [Fact]
    public async Task Automation_leaves_as_a_file_and_comes_into_another_pipeline_after_a_check()
    {
        var (from, to) = await StagesAsync(1, 1);
        await PublishAsync(from, Comment("sent", "Sent"));
        await using var test = await portal.OpenAsync(Invoices + "/transfer");
        var page = test.Page;

        var file = await (await page.Context.APIRequest.GetAsync(Invoices + "/transfer?handler=File")).TextAsync();
        Assert.Contains("automationcrm.automation/1", file, StringComparison.Ordinal);
        Assert.Contains("\"Sent\"", file, StringComparison.Ordinal);
        await PublishAsync(to);
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "bad.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(file.Replace("add_comment", "no_such_robot", StringComparison.Ordinal)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.Locator("#report")).ToContainTextAsync("not offered here");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
        Assert.Empty(await KeysAsync(to));

        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "good.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.Locator("#report")).ToContainTextAsync("Everything fits");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-transfer", fullPage: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Imported");
        Assert.Equal(["sent"], await KeysAsync(to));
    }

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
    public async Task A_problem_leads_to_the_part_of_the_robot()
    {
        var (stage, _) = await StagesAsync(0, 0);
        await PublishAsync(stage, Comment("broken", "Broken", "{=Document:NOBODY}"));
        await using var test = await portal.OpenAsync(Invoices + "/problems");

        await Expect(test.Page.Locator(".problem-list")).ToContainTextAsync("NOBODY");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(test.Page, "automation-problems");
        await test.Page.GetByRole(AriaRole.Link, new() { Name = "Broken" }).First.ClickAsync();

        Assert.EndsWith("#setting-text", test.Page.Url, StringComparison.Ordinal);
        await PublishAsync(stage);
    }

    [Fact]
    public async Task The_pages_around_the_editor_are_readable_in_every_view()
    {
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/guide", "automation-guide");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/usage?field=OPPORTUNITY", "automation-usage");
        await PageChecks.EveryViewAsync(portal, "/automation/launches");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/versions?stage=PREPARATION");
        await PageChecks.EveryViewAsync(portal, "/automation/deals/0/transfer");
    }

    private static async Task RowAsync(ILocator editor, int row, string field, string op, string? value)
    {
        var line = editor.Locator(".condition-row").Nth(row);
        await line.Locator("select").Nth(0).SelectOptionAsync(field);
        await line.Locator("select").Nth(1).SelectOptionAsync(op);
        if (value is not null) await line.Locator("input").FillAsync(value);
    }

    private static async Task DragAsync(IPage page, ILocator what, ILocator to)
    {
        var (start, end) = ((await what.BoundingBoxAsync())!, (await to.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(start.X + (start.Width / 2), start.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(start.X + (start.Width / 2) + 12, start.Y + 16, new() { Steps = 4 });
        await page.Mouse.MoveAsync(end.X + (end.Width / 2), end.Y + 12, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    private static ILocator Column(IPage page, string stage) => page.Locator($"[data-stage='{stage}']");

    private static ILocator List(IPage page, string stage) => Column(page, stage).Locator("[data-robots]");

    private static ILocator Card(IPage page, string stage, string key) => Column(page, stage).Locator($"[data-robot='{key}']");

    private async Task<(string From, string To)> StagesAsync(int from, int to) =>
        (await portal.ScalarAsync<string>($"select id from stage where type_id = 31 and pipeline_id = 1 order by sort offset {from} limit 1"),
         await portal.ScalarAsync<string>($"select id from stage where type_id = 31 and pipeline_id = 1 order by sort offset {to} limit 1"));

    private static string Comment(string key, string name, string text = "x") =>
        $$$"""{"key":"{{{key}}}","type":"add_comment","name":"{{{name}}}","enabled":true,"settings":{"text":"{{{text}}}"}}""";

    private async Task PublishAsync(string stage, params string[] robots)
    {
        await portal.ExecuteAsync(
            "insert into config_version (kind, key, number, state, content, author_id, at) select 'stage-automation', $1, coalesce(max(number), 0) + 1, 1, $2::jsonb, 1, now() from config_version where key = $1 and state = 1",
            $"31:{stage}", $$"""{"undoSeconds":10,"robots":[{{string.Join(',', robots)}}]}""");
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
    }

    private Task<int> VersionAsync(string stage) => portal.ScalarAsync<int>($"select max(number) from config_version where key = '31:{stage}' and state = 1");

    private async Task<string[]> KeysAsync(string stage, int type = 31) =>
        (await portal.ScalarAsync<string>($"select coalesce((select string_agg(r ->> 'key', ',' order by i) from (select content from config_version where key = '{type}:{stage}' and state = 1 order by number desc limit 1) c, jsonb_array_elements(c.content -> 'robots') with ordinality as x(r, i)), '')"))
            .Split(',', StringSplitOptions.RemoveEmptyEntries);
}
