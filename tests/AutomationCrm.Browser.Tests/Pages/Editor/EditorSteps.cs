using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>What tests of the automation editor do and look for, on the pipeline of invoices unless they say otherwise.</summary>
internal static class EditorSteps
{
    public const string Invoices = "/automation/invoices/1";

    public static async Task RowAsync(ILocator editor, int row, string field, string op, string? value)
    {
        var line = editor.Locator(".condition-row").Nth(row);
        await line.Locator("select").Nth(0).SelectOptionAsync(field);
        await line.Locator("select").Nth(1).SelectOptionAsync(op);
        if (value is not null) await line.Locator("input").FillAsync(value);
    }

    public static async Task DragAsync(IPage page, ILocator what, ILocator to)
    {
        var (start, end) = ((await what.BoundingBoxAsync())!, (await to.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(start.X + (start.Width / 2), start.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(start.X + (start.Width / 2) + 12, start.Y + 16, new() { Steps = 4 });
        await page.Mouse.MoveAsync(end.X + (end.Width / 2), end.Y + 12, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    public static ILocator Column(IPage page, string stage) => page.Locator($"[data-stage='{stage}']");

    public static ILocator List(IPage page, string stage) => Column(page, stage).Locator("[data-robots]");

    public static ILocator Card(IPage page, string stage, string key) => Column(page, stage).Locator($"[data-robot='{key}']");

    public static async Task<(string From, string To)> StagesAsync(this PortalFixture portal, int from, int to) =>
        (await portal.ScalarAsync<string>($"select id from stage where type_id = 31 and pipeline_id = 1 order by sort offset {from} limit 1"),
         await portal.ScalarAsync<string>($"select id from stage where type_id = 31 and pipeline_id = 1 order by sort offset {to} limit 1"));

    public static string Comment(string key, string name, string text = "x") =>
        $$$"""{"key":"{{{key}}}","type":"add_comment","name":"{{{name}}}","enabled":true,"settings":{"text":"{{{text}}}"}}""";

    public static async Task PublishAsync(this PortalFixture portal, string stage, params string[] robots)
    {
        await portal.ExecuteAsync(
            "insert into config_version (kind, key, number, state, content, author_id, at) select 'stage-automation', $1, coalesce(max(number), 0) + 1, 1, $2::jsonb, 1, now() from config_version where key = $1 and state = 1",
            $"31:{stage}", $$"""{"undoSeconds":10,"robots":[{{string.Join(',', robots)}}]}""");
        await portal.ExecuteAsync("update configuration_stamp set value = value + 1");
    }

    public static Task<int> VersionAsync(this PortalFixture portal, string stage) => portal.ScalarAsync<int>($"select max(number) from config_version where key = '31:{stage}' and state = 1");

    public static async Task<string[]> KeysAsync(this PortalFixture portal, string stage, int type = 31) =>
        (await portal.ScalarAsync<string>($"select coalesce((select string_agg(r ->> 'key', ',' order by i) from (select content from config_version where key = '{type}:{stage}' and state = 1 order by number desc limit 1) c, jsonb_array_elements(c.content -> 'robots') with ordinality as x(r, i)), '')"))
            .Split(',', StringSplitOptions.RemoveEmptyEntries);
}
