using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Incidents;

public sealed class BulkDecisionTests
{
    [Fact]
    public async Task All_of_a_group_are_retried_by_the_newest_version_and_results_of_earlier_robots_are_still_there()
    {
        await using var app = await BrokenAsync(30);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("create_task", new { title = "T" }, "ask"),
            Robot("add_comment", new { text = "Task {=ask:TaskId} is asked for" }, "say") with { AfterPrevious = true },
            Robot("add_comment", new { text = "after" }, "after") with { AfterPrevious = true });
        var group = Assert.Single(await app.SendAsync(new ListIncidentGroups()));
        Assert.Equal(("say", "settings.unresolved", 30L), (group.Group.RobotKey, group.Group.Code, group.Count));

        var id = await app.SendAsync(new DecideInBulk(IncidentAction.Retry) { Group = group.Group, Latest = true });
        Assert.Equal((30, 0, BulkState.Working), Counts(await app.SendAsync(new GetBulkDecision(id))));
        await RunAsync(app);
        await app.DrainAsync();

        var told = await app.SendAsync(new GetBulkDecision(id));
        Assert.Equal((0, 30, BulkState.Done), Counts(told));
        Assert.Equal(30, told.Outcomes[RobotRunState.Done]);
        Assert.Equal(30L, await app.ScalarAsync<long>("select count(*) from task"));
        var comments = await app.CommentsAsync();
        Assert.Equal(60, comments.Count);
        var task = await app.ScalarAsync<long>("select min(id) from task");
        Assert.Contains($"Task {task} is asked for", comments);
        var runs = await app.RunsAsync();
        Assert.Equal(30, runs.Count(r => r is { State: RunState.Done, ConfigVersion: 2, Cause: "retry" }));
        Assert.DoesNotContain(runs, r => r.State == RunState.Running);
        Assert.Equal(30L, await app.ScalarAsync<long>("select count(*) from robot_run where robot_key = 'say' and code = 'retried.latest' and state = 6"));
        Assert.Empty(await app.SendAsync(new ListIncidentGroups()));
    }

    [Fact]
    public async Task A_robot_that_the_newest_version_has_no_more_is_refused_and_stays_open()
    {
        await using var app = await BrokenAsync(2);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("create_task", new { title = "T" }, "ask"));
        var ids = await app.ReadAsync(db => Task.FromResult(db.Incidents.Select(i => i.Id).ToList()));

        var id = await app.SendAsync(new DecideInBulk(IncidentAction.Retry) { Ids = ids, Latest = true });
        await RunAsync(app);

        var told = await app.SendAsync(new GetBulkDecision(id));
        Assert.Equal((0, 0, 2, BulkState.Done), (told.Waiting, told.Decided, told.Refused, told.Decision.State));
        Assert.Equal(("robot.gone", 2), (Assert.Single(told.Refusals).Code, told.Refusals[0].Count));
        Assert.Equal(2, (await app.SendAsync(new GetAttention())).Incidents.Count);
    }

    [Fact]
    public async Task The_same_version_fails_again_and_the_report_says_so_while_skipping_goes_on()
    {
        await using var app = await BrokenAsync(3);
        var ids = await app.ReadAsync(db => Task.FromResult(db.Incidents.Select(i => i.Id).Order().ToList()));

        var again = await app.SendAsync(new DecideInBulk(IncidentAction.Retry) { Ids = ids[..2] });
        var skip = await app.SendAsync(new DecideInBulk(IncidentAction.Skip) { Ids = [ids[2], ids[0]] });
        await RunAsync(app);
        await app.DrainAsync();

        Assert.Equal(2, (await app.SendAsync(new GetBulkDecision(again))).Outcomes[RobotRunState.Incident]);
        var skipped = await app.SendAsync(new GetBulkDecision(skip));
        Assert.Equal((1, 1, "incident.resolved"), (skipped.Decided, skipped.Refused, Assert.Single(skipped.Refusals).Code));
        Assert.Equal(2, (await app.SendAsync(new GetAttention())).Incidents.Count);
    }

    [Fact]
    public async Task A_bulk_decision_can_be_stopped_and_is_an_administrators()
    {
        await using var app = await BrokenAsync(2);
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        var ids = await app.ReadAsync(db => Task.FromResult(db.Incidents.Select(i => i.Id).ToList()));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new DecideInBulk(IncidentAction.Skip) { Ids = ids }, member));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new DecideInBulk(IncidentAction.Skip)));
        Assert.Equal("incident.none", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new DecideInBulk(IncidentAction.Skip) { Ids = [987654321] }))).Code);

        var id = await app.SendAsync(new DecideInBulk(IncidentAction.Skip) { Ids = ids });
        Assert.True(await app.SendAsync(new CancelBulkDecision(id)));
        await RunAsync(app);

        Assert.Equal((2, BulkState.Cancelled), ((await app.SendAsync(new GetBulkDecision(id))).Waiting, (await app.SendAsync(new GetBulkDecision(id))).Decision.State));
        Assert.Equal(2, (await app.SendAsync(new GetAttention())).Incidents.Count);
    }

    private static (int Waiting, int Decided, BulkState State) Counts(BulkProgress told) => (told.Waiting, told.Decided, told.Decision.State);

    private static async Task RunAsync(AppFixture app)
    {
        var runner = app.Services.GetRequiredService<BulkRunner>();
        while (await runner.RunOnceAsync(CancellationToken.None) > 0)
        {
        }
    }

    // A task is made, then a reference that the first version gets wrong.
    private static async Task<AppFixture> BrokenAsync(int deals)
    {
        var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("create_task", new { title = "T" }, "ask"),
            Robot("add_comment", new { text = "{=nobody:Result}" }, "say") with { AfterPrevious = true });
        for (var i = 0; i < deals; i++) await app.MoveAsync(await app.AddDealAsync($"Deal {i}"), Deals.First);
        await app.DrainAsync();
        return app;
    }
}
