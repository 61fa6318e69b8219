using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Metrics;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.History;

public sealed class RunHistoryTests
{
    [Fact]
    public async Task Robot_runs_are_found_by_item_stage_robot_state_reason_period_and_words()
    {
        await using var app = await FilledAsync();
        var deal = await app.ScalarAsync<long>("select min(id) from item where type_id = 2");

        async Task<List<string>> FindAsync(SearchRobotRuns search) => [.. (await app.SendAsync(search)).Lines.Select(l => $"{l.ItemTitle}:{l.RobotRun.RobotKey}:{l.RobotRun.State}")];
        Assert.Equal(6, (await FindAsync(new())).Count);
        Assert.Equal(2, (await FindAsync(new() { TypeId = 2, ItemId = deal })).Count);
        Assert.Empty(await FindAsync(new() { TypeId = 2, StageId = Deals.Second }));
        Assert.Equal(["Deal 2:big:Skipped", "Deal 1:big:Skipped", "Deal 0:big:Skipped"], await FindAsync(new() { TypeId = 2, StageId = Deals.First, RobotKey = "big" }));
        Assert.Equal(3, (await FindAsync(new() { State = RobotRunState.Done, RobotType = "add_comment" })).Count);
        Assert.Equal(3, (await FindAsync(new() { Code = "condition.false" })).Count);
        Assert.Equal(3, (await FindAsync(new() { Text = "NOT true" })).Count);
        Assert.Empty(await FindAsync(new() { Text = "100%" }));
        Assert.Empty(await FindAsync(new() { Until = DateTimeOffset.UnixEpoch }));
        Assert.Empty(await FindAsync(new() { From = TimeProvider.System.GetUtcNow().AddDays(1) }));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps_or_repeats()
    {
        await using var app = await FilledAsync();
        var (seen, cursor, pages) = (new List<long>(), (HistoryCursor?)null, 0);
        do
        {
            var page = await app.SendAsync(new SearchRobotRuns { After = cursor, Limit = 2 });
            seen.AddRange(page.Lines.Select(l => l.RobotRun.Id));
            cursor = HistoryCursor.Parse(page.Next?.ToString());
            pages++;
        }
        while (cursor is not null);

        Assert.Equal((6, 6, 3), (seen.Count, seen.Distinct().Count(), pages));
        var runs = await app.SendAsync(new SearchRuns { Limit = 2 });
        var rest = await app.SendAsync(new SearchRuns { Limit = 2, After = runs.Next });
        Assert.Equal(["Deal 2", "Deal 1", "Deal 0"], runs.Lines.Concat(rest.Lines).Select(l => l.ItemTitle));
        Assert.Equal((1, 1), (runs.Lines[0].Robots[RobotRunState.Done], runs.Lines[0].Robots[RobotRunState.Skipped]));
        Assert.Null(rest.Next);
        Assert.Null(HistoryCursor.Parse("nonsense"));
        Assert.Null(HistoryCursor.Parse("99999999999999999999_1"));
    }

    [Fact]
    public async Task A_text_is_found_behind_the_window_in_which_one_page_looks_for_it()
    {
        await using var app = await AppFixture.StartAsync();
        var rows = HistoryFilter.TextWindow + 3;
        await app.ExecuteAsync($$"""
            insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at, finished_at, message)
            select n, 2, n, 0, 'NEW', 1, 1, gen_random_uuid(), 0, 1, 'rest', 1, 0, 1, 0, now() - n * interval '1 second', now(), case when n in (1, 2, {{rows - 1}}, {{rows}}) then 'The Needle' else 'hay' end from generate_series(1, {{rows}}) n;
            insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, planned_at, message)
            select id, id, 2, item_id, 'NEW', 0, 0, 'k', 't', 'n', 2, 1, '{}', started_at, message from run;
            """);
        var (runs, robotRuns) = (new List<long>(), new List<long>());

        for (var (after, more) = ((HistoryCursor?)null, true); more; more = after is not null)
        {
            var page = await app.SendAsync(new SearchRuns { Text = "needle", Limit = 1, After = after });
            runs.AddRange(page.Lines.Select(l => l.Run.Id));
            after = page.Next;
        }

        for (var (after, more) = ((HistoryCursor?)null, true); more; more = after is not null)
        {
            var page = await app.SendAsync(new SearchRobotRuns { Text = "needle", Limit = 1, After = after });
            robotRuns.AddRange(page.Lines.Select(l => l.RobotRun.Id));
            after = page.Next;
        }

        Assert.Equal([1, 2, rows - 1, rows], runs);
        Assert.Equal(runs, robotRuns);
    }

    [Fact]
    public async Task A_member_reads_the_history_of_items_he_may_read_and_no_other()
    {
        await using var app = await FilledAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        var deal = await app.ScalarAsync<long>("select min(id) from item where type_id = 2");

        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new SearchRobotRuns(), member));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new SearchRuns { TypeId = 2 }, member));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new GetRobotMetrics(2), member));
        Assert.Equal(2, (await app.SendAsync(new SearchRobotRuns { TypeId = 2, ItemId = deal }, member)).Lines.Count);
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SearchRobotRuns { ItemId = deal }));
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SearchRuns { From = DateTimeOffset.MaxValue, Until = DateTimeOffset.MinValue }));
    }

    [Fact]
    public async Task Figures_of_a_robot_are_the_same_before_and_after_they_are_folded()
    {
        await using var app = await FilledAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "{=nobody:Result}" }, "broken"));
        await app.MoveAsync(await app.AddDealAsync("Deal 9"), Deals.Second);
        await app.DrainAsync();

        var before = await app.SendAsync(new GetRobotMetrics(ItemTypeIds.Deal) { Days = 7 });
        await app.Services.GetRequiredService<ILaneStore>().SweepAsync(CancellationToken.None);
        var after = await app.SendAsync(new GetRobotMetrics(ItemTypeIds.Deal) { Days = 7 });

        Assert.Equal(before, after);
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from robot_stat_delta"));
        Assert.Equal([("big", 3, 0, 3, 0), ("broken", 1, 0, 0, 1), ("note", 3, 3, 0, 0)], after.OrderBy(m => m.RobotKey, StringComparer.Ordinal).Select(m => (m.RobotKey, (int)m.Runs, (int)m.Done, (int)m.Skipped, (int)m.Failed)));
        Assert.All(after, m => Assert.Equal(m.Done > 0, m.AverageDuration is not null));
        await app.ExecuteAsync("update robot_stat set day = day - 20");
        Assert.Empty(await app.SendAsync(new GetRobotMetrics(ItemTypeIds.Deal) { Days = 7 }));
        Assert.Equal(2, (await app.SendAsync(new GetRobotMetrics(ItemTypeIds.Deal) { StageId = Deals.First })).Count);
    }

    [Fact]
    public async Task A_robot_that_fails_without_asking_anybody_counts_as_failed()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Failures = 100;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_failing", key: "broken") with { OnError = new() { Then = "continue", Attempts = 1 } });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();

        Assert.Equal(RobotRunState.Failed, Assert.Single(await app.RobotRunsAsync()).State);
        Assert.Equal(("broken", 1, 1), await CountedAsync(app));
    }

    [Fact]
    public async Task A_robot_that_a_limit_keeps_from_its_turn_counts_as_failed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = Deals.Second }, "there"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_stage", new { stage = Deals.First }, "back"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();

        var figures = await app.SendAsync(new GetRobotMetrics(ItemTypeIds.Deal));
        Assert.Equal(1, figures.Sum(f => f.Failed));
        Assert.Equal(figures.Sum(f => f.Runs), figures.Sum(f => f.Done + f.Failed));
    }

    [Fact]
    public async Task What_a_lost_node_leaves_to_a_person_counts_as_failed()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_exact", key: "once"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var victim = await app.JoinAsync();
        Assert.Single(await app.Services.GetRequiredService<IDeliveryStore>().ClaimAsync(victim, 10, CancellationToken.None));
        await app.ExecuteAsync($"update node set lease_until = now() - interval '1 second' where id = {victim}");

        await app.Services.GetRequiredService<ILaneStore>().ReapAsync(CancellationToken.None);

        Assert.Equal(("once", 1, 1), await CountedAsync(app));
    }

    [Fact]
    public async Task A_step_whose_worker_keeps_dying_counts_as_failed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "deadly" }, "deadly") with { Delay = new("PT1H") });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromHours(1));
        var lanes = app.Services.GetRequiredService<ILaneStore>();
        Assert.Equal(1, await lanes.FireTimersAsync(10, CancellationToken.None));
        for (var i = 0; i < new LaneOptions().MostLostClaims; i++)
        {
            var victim = await app.JoinAsync();
            Assert.Single(await lanes.ClaimAsync(victim, Guid.CreateVersion7(), 10, 10, CancellationToken.None));
            await app.ExecuteAsync($"update node set lease_until = now() - interval '1 second' where id = {victim}");
            await lanes.ReapAsync(CancellationToken.None);
        }

        await app.DrainAsync();

        Assert.Equal("worker.lost", await app.ScalarAsync<string>("select code from incident"));
        Assert.Equal(("deadly", 1, 1), await CountedAsync(app));
    }

    private static async Task<(string Robot, int Runs, int Failed)> CountedAsync(AppFixture app)
    {
        var figures = Assert.Single(await app.SendAsync(new GetRobotMetrics(ItemTypeIds.Deal)));
        return (figures.RobotKey, (int)figures.Runs, (int)figures.Failed);
    }

    [Fact]
    public async Task History_older_than_it_is_kept_goes_in_steps_and_what_waits_stays()
    {
        await using var app = await FilledAsync(new Dictionary<string, string?> { ["Crm:History:KeepMonths"] = "6", ["Crm:History:RunsPerStep"] = "2" });
        await app.ExecuteAsync("update run set started_at = now() - interval '7 months', finished_at = now() - interval '7 months'");
        await app.MoveAsync(await app.AddDealAsync("New"), Deals.First);
        await app.DrainAsync();
        await app.ExecuteAsync("insert into incident (id, lane_id, run_id, code, message, state, created_at) select 77, 1, max(id), 'x', 'x', 0, now() from run where started_at < now() - interval '1 month'");
        var keeper = app.Services.GetRequiredService<HistoryKeeper>();

        var (first, second) = (await keeper.RunOnceAsync(CancellationToken.None), await keeper.RunOnceAsync(CancellationToken.None));

        Assert.Equal((2, 0), (first, second));

        Assert.Equal((2, 4L), ((await app.RunsAsync()).Count, await app.ScalarAsync<long>("select count(*) from robot_run")));
    }

    private static async Task<AppFixture> FilledAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var app = await AppFixture.StartAsync(settings: settings);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }, "note"), Robot("add_comment", new { text = "y" }, "big") with { Condition = When("OPPORTUNITY", "gt", "1000") });
        for (var i = 0; i < 3; i++)
        {
            await app.MoveAsync(await app.AddDealAsync($"Deal {i}"), Deals.First);
            await app.DrainAsync();
        }

        return app;
    }
}
