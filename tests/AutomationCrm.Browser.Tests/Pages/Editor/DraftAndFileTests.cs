using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static AutomationCrm.Browser.Tests.Pages.Editor.EditorSteps;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages.Editor;

/// <summary>Automation that is not live yet, or leaves as a file.</summary>
[Collection(PortalTests.Name)]
public sealed class DraftAndFileTests(PortalFixture portal)
{
    [Fact]
    public async Task A_draft_is_not_live_before_it_is_published()
    {
        var (stage, _) = await portal.StagesAsync(3, 3);
        await portal.PublishAsync(stage, Comment("old", "Old"));
        await using var test = await portal.OpenAsync($"{Invoices}/robot?stage={Uri.EscapeDataString(stage)}&type=add_comment");
        var page = test.Page;

        await page.Locator("#name").FillAsync("Planned");
        await page.Locator("[name='s.text']").FillAsync("Soon");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft" }).ClickAsync();
        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Nothing is live yet");
        Assert.Equal(["old"], await portal.KeysAsync(stage));

        await Column(page, stage).GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.Locator(".diff-entry")).ToContainTextAsync("Planned");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-diff", fullPage: true);
        await page.GoBackAsync();
        await Column(page, stage).GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("is live");
        Assert.Equal(2, (await portal.KeysAsync(stage)).Length);
    }

    [Fact]
    public async Task Automation_leaves_as_a_file_and_comes_into_another_pipeline_after_a_check()
    {
        var (from, to) = await portal.StagesAsync(1, 1);
        await portal.PublishAsync(from, Comment("sent", "Sent"));
        await using var test = await portal.OpenAsync(Invoices + "/transfer");
        var page = test.Page;

        var file = await (await page.Context.APIRequest.GetAsync(Invoices + "/transfer?handler=File")).TextAsync();
        Assert.Contains("automationcrm.automation/1", file, StringComparison.Ordinal);
        Assert.Contains("\"Sent\"", file, StringComparison.Ordinal);
        await portal.PublishAsync(to);
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "bad.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(file.Replace("add_comment", "no_such_robot", StringComparison.Ordinal)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.Locator("#report")).ToContainTextAsync("not offered here");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
        Assert.Empty(await portal.KeysAsync(to));

        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "good.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(page.Locator("#report")).ToContainTextAsync("Everything fits");
        await PageChecks.CheckAsync(test);
        await Screenshots.TakeAsync(page, "automation-transfer", fullPage: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Expect(page.Locator("#page-alerts")).ToContainTextAsync("Imported");
        Assert.Equal(["sent"], await portal.KeysAsync(to));
    }
}
