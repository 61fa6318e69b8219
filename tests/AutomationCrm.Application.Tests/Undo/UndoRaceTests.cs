using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Undo;

/// <summary>Undo and the executor at the same moment: whoever holds the item's row first, the other sees all of it.</summary>
public sealed class UndoRaceTests
{
    [Fact]
    public async Task A_lane_that_has_begun_is_waited_for_and_then_undone_whole()
    {
        var gate = new Gate();
        await using var app = await StartAsync(gate);
        var (deal, move) = await MovedAsync(app);
        var lane = app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        await gate.Reached.Task;

        var undo = UndoAsync(app, deal, move);
        await Eventually.Async(async () => await app.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        gate.Open.SetResult();
        await Task.WhenAll(lane, undo);
        await app.TravelAsync(TimeSpan.FromMinutes(5));
        await app.DrainAsync();

        await NothingIsLeftAsync(app, deal);
        // Fifty milliseconds are one commit: how far the lane came depends on the machine.
        Assert.Equal("test_gate", (await app.RobotRunsAsync())[0].RobotKey);
    }

    [Fact]
    public async Task A_lane_that_claims_before_the_undo_and_begins_after_it_does_nothing()
    {
        await using var app = await StartAsync(new Gate(open: true));
        var (deal, move) = await MovedAsync(app);
        // Claimed, which is all that a worker does before it locks the item.
        var claimed = await app.Services.GetRequiredService<ILaneStore>().ClaimAsync(app.Node, Guid.CreateVersion7(), 10, 10, CancellationToken.None);
        Assert.Single(claimed);

        await UndoAsync(app, deal, move);
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LaneBatch>().RunAsync(claimed, StepBudget.MostSteps, CancellationToken.None);
        await app.TravelAsync(TimeSpan.FromMinutes(5));
        await app.DrainAsync();

        await NothingIsLeftAsync(app, deal);
        Assert.Empty(await app.RobotRunsAsync());
    }

    [Fact]
    public async Task A_lane_that_waits_for_the_undo_reads_the_run_after_it()
    {
        await using var app = await StartAsync(new Gate(open: true));
        var (deal, move) = await MovedAsync(app);
        // The row is held as an undo holds it; the lane comes meanwhile and must read nothing before it has the row.
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var held = await connection.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand($"select 1 from item where type_id = 2 and id = {deal} for update; update run set state = 3, open_tracks = 0; update item set stage_id = 'NEW', version = version + 1 where type_id = 2 and id = {deal}", connection, held))
            await command.ExecuteNonQueryAsync();
        var lane = app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        await Eventually.Async(async () => await app.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        await held.CommitAsync();
        await lane;

        Assert.Equal(RunState.Undone, Assert.Single(await app.RunsAsync()).State);
        Assert.Empty(await app.RobotRunsAsync());
        Assert.True(move.Moved);
    }

    [Fact]
    public async Task Undo_in_the_middle_of_a_drain_is_always_whole()
    {
        await using var app = await StartAsync(new Gate(open: true));
        var moved = new List<(long Deal, ItemMoved Move)>();
        for (var i = 0; i < 20; i++) moved.Add(await MovedAsync(app));

        var drain = app.DrainAsync();
        var undone = await Task.WhenAll(moved.Select(async m =>
        {
            await Task.Yield();
            return await UndoAsync(app, m.Deal, m.Move);
        }));
        await drain;
        await app.TravelAsync(TimeSpan.FromMinutes(5));
        await app.DrainAsync();

        Assert.All(undone, u => Assert.Equal("NEW", u.StageId));
        foreach (var (deal, _) in moved) await NothingIsLeftAsync(app, deal);
    }

    private static async Task NothingIsLeftAsync(AppFixture app, long deal)
    {
        var item = await app.FindItemAsync(ItemRef.Deal(deal));
        Assert.Equal(("NEW", ""), (item!.StageId, item.Text(FieldCodes.Comments)));
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from job") + await app.ScalarAsync<long>("select count(*) from timer"));
        Assert.All(await app.RunsAsync(), r => Assert.Equal(RunState.Undone, r.State));
        Assert.DoesNotContain(TaskState.Open, await app.ReadAsync(db => db.Tasks.Select(t => t.State).ToListAsync()));
        Assert.All(await app.ReadAsync(db => db.Deliveries.Select(d => d.State).ToListAsync()), s => Assert.Equal(DeliveryState.Cancelled, s));
        Assert.Empty(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Equal(item.Version, await app.ScalarAsync<long>($"select count(*) from event where type_id = 2 and item_id = {deal}"));
    }

    private static async Task<AppFixture> StartAsync(Gate gate)
    {
        var app = await AppFixture.StartAsync(services =>
        {
            TestRobots.Add(services);
            services.AddSingleton(gate);
            services.AddSingleton<IRobot, GateRobot>();
        });
        IReadOnlyList<RobotConfig> robots = [Robot("test_gate"), Robot("change_fields", new { fields = new { COMMENTS = "changed" } }), Robot("test_effect", new { text = "x" })];
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Robots = robots, UndoSeconds = UndoTests.UndoSeconds });
        return app;
    }

    private static async Task<(long Deal, ItemMoved Move)> MovedAsync(AppFixture app)
    {
        var deal = await app.AddDealAsync();
        return (deal, await app.MoveAsync(deal, Deals.First, Origin.Page));
    }

    private static Task<MoveUndone> UndoAsync(AppFixture app, long deal, ItemMoved move) => app.SendAsync(new UndoMove(ItemRef.Deal(deal), move.Version), origin: Origin.Page);
}

/// <summary>Stops the lane inside its transaction until the test lets it go on.</summary>
internal sealed class Gate
{
    public Gate(bool open = false)
    {
        if (open) Open.SetResult();
    }

    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class GateRobot(Gate gate) : Robot<TestSettings>("test_gate", RobotKind.State, "other")
{
    protected override async Task<Outcome> RunAsync(TestSettings settings, RobotContext context, CancellationToken ct)
    {
        gate.Reached.TrySetResult();
        await gate.Open.Task;
        await context.Send(new AddTask("made by the lane") { Item = context.Item.Ref }, ct);
        return Outcome.Nothing;
    }
}
