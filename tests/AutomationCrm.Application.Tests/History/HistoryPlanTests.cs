using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Metrics;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.History;

/// <summary>A page of the histories reads a page's worth of rows, however many there are.</summary>
public sealed class HistoryPlanTests
{
    [Fact]
    public async Task No_page_of_a_history_scans_its_table()
    {
        await using var app = await AppFixture.StartAsync();
        await app.ExecuteAsync("""
            insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at, finished_at)
            select n, 2, n % 5000, 0, (array['NEW', 'PREPARATION', 'EXECUTING'])[1 + n % 3], 1, 1, gen_random_uuid(), 0, 1, 'rest', 1, 0, 1, 0, now() - n * interval '1 second', now() from generate_series(1, 50000) n;
            insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, planned_at)
            select n, 1 + n % 50000, 2, n % 5000, (array['NEW', 'PREPARATION', 'EXECUTING'])[1 + n % 3], 0, 0, 'k' || n % 200, 't', 'n', 2, 1, '{}', now() - n * interval '1 second' from generate_series(1, 200000) n;
            """);
        await app.ExecuteAsync("analyze run, robot_run");
        var (from, until) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddHours(-20));
        var after = new HistoryCursor(from, 1);

        foreach (var search in (SearchRobotRuns[])[
            new(), new() { After = after }, new() { TypeId = 2, StageId = "NEW" }, new() { TypeId = 2, StageId = "NEW", RobotKey = "k3" }, new() { TypeId = 2, StageId = "NEW", RobotKey = "nobody" },
            new() { TypeId = 2, ItemId = 77 }, new() { From = from, Until = until }, new() { State = RobotRunState.Done }])
            await NoScanAsync(app, search.ToString(), db => SearchRobotRunsHandler.Window(db, search).Take(51));
        foreach (var search in (SearchRuns[])[new(), new() { After = after }, new() { TypeId = 2, StageId = "NEW" }, new() { TypeId = 2, ItemId = 77 }, new() { From = from, Until = until }])
            await NoScanAsync(app, search.ToString(), db => SearchRunsHandler.Window(db, search).Take(51));
    }

    [Fact]
    public async Task Figures_are_read_from_their_sums_alone()
    {
        await using var app = await AppFixture.StartAsync();
        await app.ExecuteAsync("insert into robot_stat (type_id, stage_id, robot_key, day, begun, done, skipped, failed, ended, delay_us, work_us) select 2, 'NEW', 'k' || n % 500, current_date - n % 60, 100, 90, 8, 2, 90, 9000000, 90000 from generate_series(0, 29999) n on conflict do nothing");

        var figures = await app.SendAsync(new GetRobotMetrics(2) { Days = 30 });

        Assert.NotEmpty(figures);
        Assert.All(figures, f => Assert.Equal((TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(1)), (f.AverageDelay, f.AverageDuration)));
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from robot_run"));
    }

    private static Task NoScanAsync(AppFixture app, string name, Func<Data.CrmDbContext, IQueryable> query) => app.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = query(db).CreateDbCommand();
        command.CommandText = "explain " + command.CommandText;
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(0));
        Assert.False(plan.Exists(l => l.Contains("Seq Scan on robot_run", StringComparison.Ordinal) || l.Contains("Seq Scan on run", StringComparison.Ordinal)), name + "\n" + string.Join('\n', plan));
        return true;
    });
}
