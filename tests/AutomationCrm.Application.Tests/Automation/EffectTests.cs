using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class EffectTests
{
    [Fact]
    public async Task A_person_who_tries_a_failed_effect_again_sends_it_with_the_same_key()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        var outside = app.Services.GetRequiredService<TestOutside>();
        var good = outside.Answer;
        outside.Answer = _ => new(404, "no such thing", "Answered 404.", Retryable: false);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect", new { text = "hello" }), Robot("add_comment", new { text = "after" }) with { AfterPrevious = true });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal("effect.failed", incident.Code);

        outside.Answer = good;
        await app.SendAsync(new AddJob(ItemRef.Deal(deal), incident.JobKind!, incident.Args!));
        await app.DrainAsync();

        Assert.Equal([1, 2], outside.Received.Select(r => r.Attempt));
        Assert.Single(outside.Received.Select(r => r.Key).Distinct());
        Assert.Equal(["after"], await app.CommentsAsync());
        Assert.Equal(DeliveryState.Delivered, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Theory]
    [InlineData("test_effect", 1, RobotRunState.Done)]
    [InlineData("test_exact", 0, RobotRunState.Incident)]
    public async Task What_a_lost_node_had_begun_is_repeated_or_asked_about(string robot, int sent, RobotRunState state)
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot(robot));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var (store, victim) = (app.Services.GetRequiredService<IDeliveryStore>(), await app.JoinAsync());
        var begun = Assert.Single(await store.ClaimAsync(victim, 10, CancellationToken.None));
        await app.ExecuteAsync($"update node set lease_until = now() - interval '1 second' where id = {victim}");

        await app.Services.GetRequiredService<ILaneStore>().ReapAsync(CancellationToken.None);
        await app.DrainAsync();

        Assert.Equal(sent, app.Services.GetRequiredService<TestOutside>().Received.Count);
        Assert.Equal(state, Assert.Single(await app.RobotRunsAsync()).State);
        var late = new DeliveryOutcome(begun, DeliveryState.Failed, new() { EffectKey = begun.Delivery.EffectKey, Attempt = 1, StartedAt = TimeProvider.System.GetUtcNow() }, null, null, null);
        Assert.False(await store.CompleteAsync(late, CancellationToken.None));
        if (sent == 0) Assert.Equal("effect.unknown", (await app.ReadAsync(db => db.Incidents.SingleAsync())).Code);
    }

    [Theory]
    [InlineData("test_effect")]
    [InlineData("test_exact")]
    public async Task An_answer_that_cannot_be_kept_as_it_is_neither_holds_the_track_nor_repeats_the_call(string robot)
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Answer = _ => new(200, "a\0b", null, Retryable: false)
        {
            Results = new Dictionary<string, Value> { ["text"] = Value.Of("a\0b"), ["list"] = Value.Of([Value.Of("c\ud800")]) },
        };
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot(robot), Robot("add_comment", new { text = "after" }) with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Single(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Equal(DeliveryState.Delivered, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Equal(["after"], await app.CommentsAsync());
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task A_node_whose_clock_is_wrong_tries_again_after_the_same_pause()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Answer = _ => new(503, null, "Answered 503.", Retryable: true);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var ahead = new FakeClock(TimeProvider.System.GetUtcNow().AddHours(5));

        await ActivatorUtilities.CreateInstance<DeliveryWorker>(app.Services, (TimeProvider)ahead).RunOnceAsync(app.Node, 10, CancellationToken.None);

        Assert.Equal(1, await app.ScalarAsync<int>("select attempt from delivery where state = 0"));
        Assert.True(await app.ScalarAsync<bool>("select due_at < now() + interval '10 minutes' from delivery"));
    }

    [Fact]
    public async Task An_exact_effect_is_never_repeated_by_itself()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        var outside = app.Services.GetRequiredService<TestOutside>();
        outside.Answer = _ => new(503, null, "Answered 503.", Retryable: true);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_exact"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();

        Assert.Single(outside.Received);
        Assert.Equal(RobotRunState.Incident, Assert.Single(await app.RobotRunsAsync()).State);
    }

    [Fact]
    public async Task An_answer_that_postgresql_cannot_hold_is_written_without_its_nul()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Answer = _ => new SendResult(500, "a\0b", "nul \0", Retryable: false);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Equal("a\uFFFDb", await app.ScalarAsync<string>("select response from delivery_attempt"));
        Assert.Equal("nul \uFFFD", Assert.Single(await app.RobotRunsAsync()).Message);
    }
}
