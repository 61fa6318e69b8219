using System.Globalization;
using System.Text;
using AutomationCrm.Application.Automation.Shipped;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.Tests.Triggers;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Import;

/// <summary>What waits for a moment waits for imported items as for any other.</summary>
public class ImportedTimersTests
{
    private const int Many = (2 * ArmTriggersJob.ItemsAtOnce) + 5;

    [Fact]
    public async Task Imported_deals_are_forgotten_like_any_other_and_told_a_few_a_second()
    {
        await using var bench = await ImportBench.StartAsync();
        var pipeline = await MakePipelineAsync(bench);
        await bench.App.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, pipeline, "idle", new() { StageId = $"C{pipeline}:LOST" }, ShippedTexts.English));
        await bench.App.DrainAsync();

        await bench.ImportAsync(Open(Many));
        await bench.App.DrainAsync();
        Assert.Equal(0, await ToldAsync(bench));

        await bench.App.TravelAsync(TimeSpan.FromDays(7));
        await bench.App.DrainAsync();
        Assert.InRange(await ToldAsync(bench), ArmTriggersJob.ItemsAtOnce, Many - 1);

        await bench.App.TravelAsync(TimeSpan.FromSeconds(3));
        await bench.App.DrainAsync();
        Assert.Equal(Many, await ToldAsync(bench));
        Assert.Empty(await bench.App.ReadAsync(db => Task.FromResult(db.Incidents.ToList())));
    }

    [Fact]
    public async Task A_trigger_published_before_the_import_is_worked_off_waits_for_its_items()
    {
        await using var bench = await ImportBench.StartAsync();
        var pipeline = await MakePipelineAsync(bench);
        await bench.App.DrainAsync();

        await bench.ImportAsync(Open(3));
        await bench.App.PublishAsync(ItemTypeIds.Deal, $"C{pipeline}:WON", new StageAutomationConfig { Triggers = [TriggerSteps.Trigger("idle", new { days = 5 })] });
        await bench.App.DrainAsync();

        Assert.Equal(3L, await bench.App.ScalarAsync<long>("select count(*) from timer where job_kind = 'trigger.timer'"));
    }

    [Fact]
    public async Task A_date_to_come_is_waited_for_and_one_that_has_passed_is_not()
    {
        await using var bench = await ImportBench.StartAsync();
        var pipeline = await MakePipelineAsync(bench);
        await bench.App.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, $"C{pipeline}:LOST", new()
        {
            Triggers = [TriggerSteps.Trigger("date_reached", new { field = "BEGINDATE", offset = "P20000D" }, "later"), TriggerSteps.Trigger("date_reached", new { field = "BEGINDATE" }, "passed")],
        }, 0));

        await bench.ImportAsync(Open(1));
        await bench.App.DrainAsync();

        Assert.Equal("later", await bench.App.ScalarAsync<string>("select string_agg(distinct args ->> 'Key', ',') from timer where job_kind = 'trigger.timer'"));
        Assert.Empty(await bench.App.ReadAsync(db => Task.FromResult(db.TriggerRecords.ToList())));
    }

    [Fact]
    public async Task An_overdue_task_that_no_command_has_written_is_told_once()
    {
        await using var bench = await ImportBench.StartAsync();
        var pipeline = await MakePipelineAsync(bench);
        await bench.App.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, $"C{pipeline}:ENGAGING", new()
        {
            Triggers = [TriggerSteps.Trigger("task_overdue", key: "late") with { Move = false }],
            Robots = [Robot("add_comment", new { text = "{=Template:Title}" }) with { StartedBy = "late" }],
        }, 0));
        await bench.ImportAsync(Open(1));
        await bench.App.ExecuteAsync("""
            insert into task (id, title, responsible_id, creator_id, type_id, item_id, deadline, created_at)
            select nextval('row_id'), 'Brought along', 1, 1, type_id, id, now() - interval '30 days', now() from item where stage_id like '%:ENGAGING'
            """);

        await bench.App.DrainAsync();
        Assert.Equal(["Brought along"], await bench.App.CommentsAsync());

        await bench.App.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, $"C{pipeline}:WON", new() { Triggers = [TriggerSteps.Trigger("task_overdue")] }, 0));
        await bench.App.DrainAsync();
        Assert.Equal(["Brought along"], await bench.App.CommentsAsync());
    }

    /// <summary>A first import makes the pipeline; answers its number.</summary>
    private static async Task<int> MakePipelineAsync(ImportBench bench) =>
        (await bench.ImportAsync(SalesFiles.With("F1,Mia Holm,Lamp Pro,Big Lantern,Won,1/2/2017,3/4/2017,1"))).PipelineId!.Value;

    private static (string, string) Open(int rows)
    {
        var text = new StringBuilder(SalesFiles.OpportunityHeader);
        for (var i = 1; i <= rows; i++) text.Append(CultureInfo.InvariantCulture, $"E{i:0000},Mia Holm,Lamp Pro,Big Lantern,Engaging,1/2/2017,,\n");
        return ("sales_pipeline.csv", text.ToString());
    }

    private static Task<long> ToldAsync(ImportBench bench) => bench.App.ScalarAsync<long>("select count(*) from notification");
}
