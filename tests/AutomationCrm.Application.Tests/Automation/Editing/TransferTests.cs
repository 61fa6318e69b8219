using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class TransferTests
{
    private static readonly Dictionary<string, string> NoMapping = [];

    [Fact]
    public async Task Automation_goes_to_another_pipeline_by_stable_codes_of_stages_and_people()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("notify_user", new { people = new[] { $"{app.Admin}" }, text = "Hello" }, "tell"), Robot("change_stage", new { stage = Deals.Second }, "move") with { AfterPrevious = true });
        var file = await app.SendAsync(new ExportAutomation(ItemTypeIds.Deal, 0));
        Assert.Contains("person:admin", file, StringComparison.Ordinal);
        Assert.Contains($"stage:{Deals.Second}", file, StringComparison.Ordinal);

        var report = await app.SendAsync(new ImportAutomation(ItemTypeIds.Deal, 1, file, NoMapping, DryRun: false));

        Assert.Empty(report.Problems);
        Assert.Equal($"C1:{Deals.First}", Assert.Single(report.Saved).Key);
        var robots = (await app.SendAsync(new GetStageAutomation(ItemTypeIds.Deal, $"C1:{Deals.First}"))).Config.Robots;
        Assert.Equal(["tell", "move"], robots.Select(r => r.Key));
        Assert.Equal($"C1:{Deals.Second}", robots[1].Settings.GetProperty("stage").GetString());
        Assert.Equal($"user_{app.Admin}", robots[0].Settings.GetProperty("people")[0].GetString());
    }

    [Fact]
    public async Task A_file_with_problems_changes_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "a" }, "a"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "{=Document:PROBABILITY}" }, "b"));
        var file = await app.SendAsync(new ExportAutomation(ItemTypeIds.Deal, 0));
        var mapping = new Dictionary<string, string> { [$"stage:{Deals.First}"] = "NEW", [$"stage:{Deals.Second}"] = "IN_PROCESS" };

        var report = await app.SendAsync(new ImportAutomation(ItemTypeIds.Lead, 0, file, mapping, DryRun: false));

        Assert.Equal("reference.unknown", Assert.Single(report.Problems).Code);
        Assert.Empty(report.Saved);
        Assert.Equal(0, (await app.SendAsync(new GetStageAutomation(ItemTypeIds.Lead, "NEW"))).Version);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"format":"something else"}""")]
    [InlineData("""{"format":"automationcrm.automation/1","stages":[{"code":"NEW","automation":{"robots":"none"}}]}""")]
    [InlineData("""{"format":"automationcrm.automation/1","stages":"none"}""")]
    [InlineData("""{"format":"automationcrm.automation/1","format":"automationcrm.automation/1","stages":[]}""")]
    public async Task A_file_that_is_none_is_told_so(string file)
    {
        await using var app = await AppFixture.StartAsync();

        var report = await app.SendAsync(new ImportAutomation(ItemTypeIds.Deal, 0, file, NoMapping, DryRun: false));

        Assert.NotEmpty(report.Problems);
        Assert.Empty(report.Saved);
    }
}
