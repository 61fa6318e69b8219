using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Import;

public class ImportedRobotsTests
{
    [Fact]
    public async Task An_import_starts_nothing_where_the_stage_does_not_ask_for_it()
    {
        await using var bench = await ImportBench.StartAsync();
        await PublishAsync(bench, onImport: false);

        await bench.ImportAsync(SalesFiles.Many(3));
        await bench.App.DrainAsync();

        Assert.Empty(await bench.App.RunsAsync());
        Assert.Equal(0L, await bench.App.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task A_stage_with_on_import_gives_its_robots_to_imported_items_a_page_at_a_time()
    {
        await using var bench = await ImportBench.StartAsync();
        await PublishAsync(bench, onImport: true);

        await bench.ImportAsync(SalesFiles.Many(ImportPace.ItemsAtOnce + 2));
        await bench.App.DrainAsync();
        Assert.Equal(ImportPace.ItemsAtOnce, (await bench.App.CommentsAsync()).Count);

        await bench.App.TravelAsync(ImportPace.Pause);
        await bench.App.DrainAsync();

        var runs = await bench.App.RunsAsync();
        Assert.Equal(ImportPace.ItemsAtOnce + 2, (await bench.App.CommentsAsync()).Count);
        Assert.All(runs, r => Assert.Equal(("import", bench.App.Admin, RunState.Done), (r.Cause, r.ActorId, r.State)));
        Assert.Equal(runs.Count, runs.Select(r => r.ItemId).Distinct().Count());
    }

    [Fact]
    public async Task An_imported_item_that_has_left_before_its_turn_meets_only_the_robots_of_where_it_stands()
    {
        await using var bench = await ImportBench.StartAsync();
        var pipeline = await PublishAsync(bench, onImport: true);
        await bench.App.PublishAsync(ItemTypeIds.Deal, $"C{pipeline}:LOST", new StageAutomationConfig { OnImport = true, Robots = [Robot("add_comment", new { text = "lost" })] });
        await bench.ImportAsync(SalesFiles.Many(1));
        var deal = await bench.App.ScalarAsync<long>("select max(id) from item where type_id = 2");

        await bench.App.MoveAsync(deal, $"C{pipeline}:LOST");
        await bench.App.DrainAsync();

        Assert.Equal(["lost"], await bench.App.CommentsAsync());
    }

    [Fact]
    public async Task A_job_that_comes_twice_starts_the_robots_once()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 1);
        await PublishAsync(bench, onImport: true);

        await bench.ImportAsync(SalesFiles.Many(2));
        await bench.App.ScalarAsync<object>("insert into timer (id, due_at, lane_id, job_kind, args) select gen_random_uuid(), due_at, lane_id, job_kind, args from timer returning 1");
        await bench.App.TravelAsync(TimeSpan.FromMinutes(1));
        await bench.App.DrainAsync();

        Assert.Equal(2, (await bench.App.RunsAsync()).Count);
    }

    /// <summary>A first import makes the pipeline; answers its number.</summary>
    private static async Task<int> PublishAsync(ImportBench bench, bool onImport)
    {
        var first = await bench.ImportAsync(SalesFiles.With("F1,Mia Holm,Lamp Pro,Big Lantern,Prospecting,,,"));
        await bench.App.PublishAsync(ItemTypeIds.Deal, $"C{first.PipelineId}:WON", new StageAutomationConfig { OnImport = onImport, Robots = [Robot("add_comment", new { text = "imported" })] });
        return first.PipelineId!.Value;
    }
}
