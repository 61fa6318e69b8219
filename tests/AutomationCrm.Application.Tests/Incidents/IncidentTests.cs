using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Outbox;
using AutomationCrm.Application.Robots;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Incidents;

public sealed class IncidentTests
{
    [Theory]
    [InlineData(IncidentAction.Retry, RobotRunState.Done, 1)]
    [InlineData(IncidentAction.Skip, RobotRunState.Skipped, 0)]
    [InlineData(IncidentAction.MarkDone, RobotRunState.Done, 0)]
    public async Task A_parked_robot_goes_on_as_the_person_says(IncidentAction action, RobotRunState state, int comments)
    {
        await using var app = await ParkedAsync(failures: 5);
        var line = Assert.Single((await app.SendAsync(new GetAttention())).Incidents);
        Assert.Equal(("test_failing", "advice.retry", "Chairs"), (line.RobotName, line.Advice, line.ItemTitle));

        await app.SendAsync(new ResolveIncident(line.Incident.Id, action));
        await app.DrainAsync();

        var runs = await app.RobotRunsAsync();
        Assert.Equal([state, RobotRunState.Done], runs.Select(r => r.State));
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
        Assert.Equal(comments + 1, (await app.CommentsAsync()).Count);
        Assert.Equal(0, (await app.SendAsync(new GetAttention())).Count);
        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal((1, app.Admin, IncidentActions.Resolution(action)), (incident.State, incident.ResolvedBy!.Value, incident.Resolution));
    }

    [Fact]
    public async Task A_decision_is_made_once_by_an_administrator_and_fits_the_incident()
    {
        await using var app = await ParkedAsync(failures: 5);
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        var id = await app.ScalarAsync<long>("select id from incident");

        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new ResolveIncident(id, IncidentAction.Skip), member));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new ResolveIncident(id + 999, IncidentAction.Skip)));
        Assert.Equal("incident.action", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new ResolveIncident(id, IncidentAction.Acknowledge)))).Code);
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.SendAsync(new ResolveIncidents([id], IncidentAction.Retry))));
        await app.DrainAsync();

        Assert.Equal(1, both.Sum(b => b.Resolved.Count));
        Assert.All(both.SelectMany(b => b.Refused), r => Assert.Equal("incident.resolved", r.Code));
        Assert.Equal(2, (await app.CommentsAsync()).Count);
    }

    [Fact]
    public async Task What_a_budget_stopped_can_only_be_acknowledged()
    {
        await using var app = await AppFixture.StartAsync();
        await app.ExecuteAsync("insert into incident (id, lane_id, code, message, state, created_at) values (77, 1, 'budget.depth', 'Too deep.', 0, now())");

        Assert.Equal("incident.action", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new ResolveIncident(77, IncidentAction.Retry)))).Code);
        await app.SendAsync(new ResolveIncident(77, IncidentAction.Acknowledge));

        Assert.Equal("acknowledged", await app.ScalarAsync<string>("select resolution from incident"));
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from job"));
    }

    [Theory]
    [InlineData(IncidentAction.Retry, DeliveryState.Delivered, 1)]
    [InlineData(IncidentAction.MarkDone, DeliveryState.Delivered, 0)]
    [InlineData(IncidentAction.Skip, DeliveryState.Cancelled, 0)]
    public async Task An_effect_of_unknown_outcome_is_settled_by_a_person(IncidentAction action, DeliveryState state, int sent)
    {
        await using var app = await UnknownAsync();
        var incident = Assert.Single((await app.SendAsync(new GetAttention())).Incidents).Incident;
        Assert.Equal("effect.unknown", incident.Code);

        await app.SendAsync(new ResolveIncident(incident.Id, action));
        await app.DrainAsync();

        Assert.Equal(state, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Equal(sent, app.Services.GetRequiredService<TestOutside>().Received.Count);
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task A_failed_delivery_is_sent_again_and_the_attempt_names_who_asked()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        var outside = app.Services.GetRequiredService<TestOutside>();
        outside.Answer = _ => new(500, "no", "Answered 500.", Retryable: false);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect", new { text = "x" }), Robot("add_comment", new { text = "after" }) with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        var delivery = Assert.Single((await app.SendAsync(new ListOutbox(DeliveryState.Failed))).Deliveries).Delivery;
        Assert.Single((await app.SendAsync(new GetAttention())).Incidents);

        outside.Answer = _ => new(200, "ok", null, Retryable: false);
        await app.SendAsync(new RedeliverDelivery(delivery.EffectKey));
        await app.DrainAsync();
        await app.SendAsync(new RedeliverDelivery(delivery.EffectKey));
        await app.DrainAsync();

        var detail = await app.SendAsync(new GetDelivery(delivery.EffectKey));
        Assert.Equal([(3, "Ada Admin"), (2, "Ada Admin"), (1, null)], detail.Attempts.Select(a => (a.Attempt.Attempt, a.ByPersonName)));
        Assert.Equal((DeliveryState.Delivered, RobotRunState.Done, true), (detail.Delivery.State, detail.RobotRun!.State, detail.MayRedeliver));
        Assert.All(outside.Received, r => Assert.Equal(delivery.EffectKey, r.Key));
        Assert.Equal(["after"], await app.CommentsAsync());
        Assert.Equal(0, (await app.SendAsync(new GetAttention())).Count);
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    private static async Task<AppFixture> ParkedAsync(int failures)
    {
        var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Failures = failures;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_failing"), Robot("add_comment", new { text = "after" }) with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync("Chairs"), Deals.First);
        for (var i = 0; i < failures; i++)
        {
            await app.DrainAsync();
            await app.TravelAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(RobotRunState.Incident, Assert.Single(await app.RobotRunsAsync()).State);
        return app;
    }

    // An exact effect whose node is lost between the call and the answer.
    private static async Task<AppFixture> UnknownAsync()
    {
        var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_exact"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<Application.Lanes.LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var lost = await app.JoinAsync();
        Assert.Single(await app.Services.GetRequiredService<IDeliveryStore>().ClaimAsync(lost, 10, CancellationToken.None));
        await app.ExecuteAsync($"update node set lease_until = now() - interval '1 minute' where id = {lost}");
        await app.Services.GetRequiredService<Application.Lanes.ILaneStore>().ReapAsync(CancellationToken.None);
        return app;
    }
}
