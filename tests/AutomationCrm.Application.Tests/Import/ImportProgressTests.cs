using AutomationCrm.Application.Import;
using AutomationCrm.Domain.Common;
using AutomationCrm.Testing;

namespace AutomationCrm.Application.Tests.Import;

public class ImportProgressTests
{
    [Fact]
    public async Task A_stopped_import_keeps_what_is_in_and_says_how_far_it_came()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 10);
        var id = await bench.StartAsync(SalesFiles.Many(100));
        bench.Hinted.OnHint = () =>
        {
            if (bench.Hinted.Topics.Count(t => t == $"import/{id}") == 3) bench.App.SendAsync(new CancelImport(id)).GetAwaiter().GetResult();
        };

        await bench.Runner.RunNextAsync(CancellationToken.None);

        var import = (await bench.App.SendAsync(new GetImport(id))).Import;
        Assert.Equal((ImportState.Cancelled, 100L, 40L, 40L, 40), (import.State, import.RowsTotal, import.RowsDone, import.ItemsAdded, import.Percent));
        Assert.Equal(40, await bench.App.ScalarAsync<long>("select count(*) from item"));
        Assert.NotNull(import.FinishedAt);
        Assert.Empty(bench.Folders);
        await Assert.ThrowsAsync<RuleBrokenException>(() => bench.App.SendAsync(new CancelImport(id)));
    }

    [Fact]
    public async Task An_import_that_has_not_begun_is_stopped_at_once()
    {
        await using var bench = await ImportBench.StartAsync();
        var id = await bench.StartAsync(SalesFiles.All);

        Assert.True(await bench.App.SendAsync(new CancelImport(id)));

        Assert.False(await bench.Runner.RunNextAsync(CancellationToken.None));
        Assert.Equal(ImportState.Cancelled, (await bench.App.SendAsync(new GetImport(id))).Import.State);
        Assert.Empty(bench.Folders);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    [InlineData(6, true)]
    public async Task An_import_goes_on_where_a_killed_process_left_it(int writes, bool afterCommit)
    {
        await using var whole = await ImportBench.StartAsync(chunk: 2);
        var expected = await whole.ImportAsync(SalesFiles.All);
        await using var bench = await ImportBench.StartAsync(chunk: 2);
        var id = await bench.StartAsync(SalesFiles.All);
        (bench.Store.Writes, bench.Store.DieAfterCommit) = (writes, afterCommit);
        await Assert.ThrowsAsync<ProcessDiedException>(() => bench.Runner.RunNextAsync(CancellationToken.None));
        bench.Store.Revive();

        Assert.False(await bench.Runner.RunNextAsync(CancellationToken.None));
        await bench.App.ExecuteAsync("update import_job set lease_until = now() - interval '1 second'");
        Assert.True(await bench.Runner.RunNextAsync(CancellationToken.None));

        var report = await bench.App.SendAsync(new GetImport(id));
        Assert.Equal((ImportState.Done, expected.Import.RowsDone, expected.Import.ItemsAdded, expected.Import.Problems), (report.Import.State, report.Import.RowsDone, report.Import.ItemsAdded, report.Import.Problems));
        Assert.Equal(expected.ByCode, report.ByCode);
        Assert.Equal(await whole.CountAsync(), await bench.CountAsync());
        Assert.Empty(bench.Folders);
    }

    [Fact]
    public async Task A_stop_of_the_app_gives_the_import_back_at_once()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 10);
        var id = await bench.StartAsync(SalesFiles.Many(50));
        using var stop = new CancellationTokenSource();
        bench.Hinted.OnHint = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Runner.RunNextAsync(stop.Token));

        bench.Hinted.OnHint = null;
        Assert.True(await bench.Runner.RunNextAsync(CancellationToken.None));

        Assert.Equal((ImportState.Done, 50L), ((await bench.App.SendAsync(new GetImport(id))).Import.State, await bench.App.ScalarAsync<long>("select count(*) from item")));
    }

    [Fact]
    public async Task A_node_that_was_taken_for_dead_writes_nothing_more()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 10);
        var id = await bench.StartAsync(SalesFiles.Many(50));
        bench.Hinted.OnHint = () => bench.App.ExecuteAsync("update import_job set lease_token = gen_random_uuid()").GetAwaiter().GetResult();

        await bench.Runner.RunNextAsync(CancellationToken.None);

        var import = (await bench.App.SendAsync(new GetImport(id))).Import;
        Assert.Equal((ImportState.Running, 10L, 10L), (import.State, import.RowsDone, await bench.App.ScalarAsync<long>("select count(*) from item")));
    }

    [Fact]
    public async Task One_import_runs_at_a_time_and_the_next_waits_for_its_turn()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 10);
        var (first, second) = (await bench.StartAsync(SalesFiles.Many(30)), await bench.StartAsync(SalesFiles.All));
        var tried = false;
        bench.Hinted.OnHint = () =>
        {
            bench.Hinted.OnHint = null;
            tried = bench.Runner.RunNextAsync(CancellationToken.None).GetAwaiter().GetResult();
        };

        Assert.True(await bench.Runner.RunNextAsync(CancellationToken.None));
        Assert.False(tried);
        Assert.Equal(ImportState.Waiting, (await bench.App.SendAsync(new GetImport(second))).Import.State);
        Assert.True(await bench.Runner.RunNextAsync(CancellationToken.None));
        Assert.Equal([second, first], (await bench.App.SendAsync(new ListImports())).Select(i => i.Id));
    }

    [Fact]
    public async Task An_import_that_gets_no_further_fails_in_the_end()
    {
        await using var bench = await ImportBench.StartAsync();
        var id = await bench.StartAsync(SalesFiles.All);
        for (var i = 0; i < 5; i++)
        {
            bench.Store.Writes = 0;
            await Assert.ThrowsAsync<ProcessDiedException>(() => bench.Runner.RunNextAsync(CancellationToken.None));
            bench.Store.Revive();
            await bench.App.ExecuteAsync("update import_job set lease_until = now() - interval '1 second'");
        }

        await bench.Runner.RunNextAsync(CancellationToken.None);

        var import = (await bench.App.SendAsync(new GetImport(id))).Import;
        Assert.Equal((ImportState.Failed, "import.attempts", "The import was begun 5 times in a row without getting further.", "5"), (import.State, import.Failure!.Code, import.Failure.Message, Assert.Single(import.Failure.Arguments)));
        Assert.Empty(bench.Folders);
    }

    [Fact]
    public async Task An_import_whose_files_are_on_no_node_fails_and_lost_files_are_removed()
    {
        await using var bench = await ImportBench.StartAsync();
        var id = await bench.StartAsync(SalesFiles.All);
        await bench.App.ExecuteAsync("update import_job set created_at = created_at - interval '1 hour', options = jsonb_set(options, '{folder}', '\"00000000000000000000000000000000\"')");

        await bench.Runner.TidyAsync(CancellationToken.None);

        Assert.Equal(ImportState.Failed, (await bench.App.SendAsync(new GetImport(id))).Import.State);
        Assert.Single(bench.Folders);
    }
}
