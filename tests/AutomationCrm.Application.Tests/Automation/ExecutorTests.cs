using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class ExecutorTests
{
    [Fact]
    public async Task A_repeated_command_gets_the_same_answer_and_has_no_second_effect()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "once" }));
        var deal = await app.AddDealAsync();
        var id = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.SendAsync(new MoveItem(ItemRef.Deal(deal), Deals.First), commandId: id)));
        var late = await app.SendAsync(new MoveItem(ItemRef.Deal(deal), Deals.First), commandId: id);

        await app.DrainAsync();

        Assert.All(answers, answer => Assert.Equal(late, answer));
        Assert.Equal(new ItemMoved(true, 2, "NEW", Deals.First, "Deal"), late);
        Assert.Equal(["once"], await app.CommentsAsync());
    }

    [Fact]
    public async Task Workers_side_by_side_do_each_thing_once()
    {
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?> { ["Crm:Executor:LanesPerClaim"] = "5" });
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("add_comment", new { text = "{=Document:ID}" }),
            Robot("create_task", new { title = "Task of {=Document:ID}" }) with { AfterPrevious = true });
        var deals = new List<long>();
        for (var i = 0; i < 60; i++) deals.Add(await app.AddDealAsync());
        await Task.WhenAll(deals.Chunk(10).Select(async chunk =>
        {
            foreach (var deal in chunk) await app.MoveAsync(deal, Deals.First);
        }));
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.JoinAsync()));

        await Task.WhenAll(nodes.Select(async node =>
        {
            var worker = app.Services.GetRequiredService<LaneWorker>();
            while (await worker.RunOnceAsync(node, CancellationToken.None) > 0)
            {
            }
        }));
        await app.DrainAsync();

        Assert.Equal(deals.Order(), (await app.CommentsAsync()).Select(long.Parse).Order());
        Assert.Equal(60, await app.ScalarAsync<long>("select count(distinct title) from task"));
        Assert.All(await app.RobotRunsAsync(), r => Assert.Equal((RobotRunState.Done, 1), (r.State, r.Attempt)));
    }

    [Fact]
    public async Task Whoever_lost_his_lane_writes_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "once" }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        var (lanes, zombie) = (app.Services.GetRequiredService<ILaneStore>(), await app.JoinAsync());
        var claimed = await lanes.ClaimAsync(zombie, Guid.CreateVersion7(), 10, 10, CancellationToken.None);

        await app.ExecuteAsync($"update node set lease_until = now() - interval '1 second' where id = {zombie}");
        await lanes.ReapAsync(CancellationToken.None);
        await app.DrainAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var batch = scope.ServiceProvider.GetRequiredService<LaneBatch>();
        await Assert.ThrowsAsync<StaleLaneException>(() => batch.RunAsync(claimed, 10, CancellationToken.None));
        await lanes.ReleaseAsync(claimed, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(["once"], await app.CommentsAsync());
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from lane where state <> 2 or pending <> 0"));
    }

    [Fact]
    public async Task Work_whose_worker_keeps_dying_becomes_an_incident()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "deadly" }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        var lanes = app.Services.GetRequiredService<ILaneStore>();
        for (var i = 0; i < new LaneOptions().MostLostClaims; i++)
        {
            var victim = await app.JoinAsync();
            Assert.Single(await lanes.ClaimAsync(victim, Guid.CreateVersion7(), 10, 10, CancellationToken.None));
            await app.ExecuteAsync($"update node set lease_until = now() - interval '1 second' where id = {victim}");
            Assert.Equal(1, await lanes.ReapAsync(CancellationToken.None));
        }

        await app.DrainAsync();

        var (incident, run) = (await app.ReadAsync(db => db.Incidents.SingleAsync()), Assert.Single(await app.RunsAsync()));
        Assert.Equal(("worker.lost", run.Id), (incident.Code, incident.RunId));
        Assert.Equal(incident.Message, run.Message);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from job"));
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_given_back()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "once" }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        var (lanes, token) = (app.Services.GetRequiredService<ILaneStore>(), Guid.CreateVersion7());
        await lanes.ClaimAsync(app.Node, token, 10, 10, CancellationToken.None);
        Assert.Equal(0, await app.DrainAsync());

        await lanes.ReleaseAsync(app.Node, token, CancellationToken.None);
        await app.DrainAsync();

        Assert.Equal(["once"], await app.CommentsAsync());
    }

    [Fact]
    public async Task An_effect_that_fails_is_repeated_with_its_key_and_its_result_reaches_the_track()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        var outside = app.Services.GetRequiredService<TestOutside>();
        var good = outside.Answer;
        outside.Answer = attempt => attempt < 3 ? new(503, "later", "Answered 503.", Retryable: true) : good(attempt);
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("test_effect", new { text = "hello" }, "call"),
            Robot("add_comment", new { text = "It answered {=call:Status}" }) with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        for (var i = 0; i < 3; i++)
        {
            await app.DrainAsync();
            await app.TravelAsync(TimeSpan.FromMinutes(10));
        }

        await app.DrainAsync();
        Assert.Equal([1, 2, 3], outside.Received.Select(r => r.Attempt));
        Assert.Single(outside.Received.Select(r => r.Key).Distinct());
        Assert.Equal(["It answered 200"], await app.CommentsAsync());
        Assert.Equal(3, await app.ScalarAsync<long>("select count(*) from delivery_attempt"));
    }

    [Fact]
    public async Task Versions_are_as_many_as_events()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_fields", new { fields = new { TITLE = "{=Document:TITLE}!" } }), Robot("change_responsible", new { people = new[] { $"user_{app.Admin}" } }));
        var deal = await app.AddDealAsync();
        await Task.WhenAll(app.MoveAsync(deal, Deals.First), app.MoveAsync(deal, Deals.Second), app.MoveAsync(deal, Deals.First));
        await app.DrainAsync();

        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from item i where i.version <> (select count(*) from event e where e.type_id = i.type_id and e.item_id = i.id)"));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from run where state = 0"));
    }
}
