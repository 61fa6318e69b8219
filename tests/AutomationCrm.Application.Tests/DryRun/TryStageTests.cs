using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.DryRun;

public sealed class TryStageTests
{
    [Fact]
    public async Task A_trial_tells_everything_and_leaves_the_database_as_it_was_byte_for_byte()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("change_fields", new { fields = new { COMMENTS = "{=Document:TITLE} was tried." } }),
            Robot("create_task", new { title = "Check {=Document:TITLE}" }),
            Robot("add_comment", new { text = "Hello" }),
            Robot("notify_user", new { people = new[] { $"user_{app.Admin}" }, text = "Look" }),
            Robot("test_effect", new { text = "{=Document:TITLE}" }),
            Robot("add_comment", new { text = "never" }, "never") with { Condition = When("OPPORTUNITY", "gt", "1000") });
        var deal = await app.AddDealAsync("Chairs", 5);
        // The block of ids that an earlier command took is not part of what a trial does.
        var before = await Fingerprint.TakeAsync(app);

        var trial = await app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.First));

        Assert.Equal(before, await Fingerprint.TakeAsync(app));
        Assert.Empty(app.Services.GetRequiredService<TestOutside>().Received);
        var run = Assert.Single(trial.Runs);
        Assert.Equal((1, null, "Chairs"), (trial.Version, trial.CutOff, run.ItemTitle));
        Assert.Equal([RobotProgress.Done, RobotProgress.Done, RobotProgress.Done, RobotProgress.Done, RobotProgress.Done, RobotProgress.Skipped], run.Robots.Select(r => r.View.Progress));
        Assert.Equal(["changed", "task", "comment", "notification", "delivery"], run.Robots.Take(5).Select(r => Assert.Single(r.Acts).Kind));
        var change = Assert.Single(run.Robots[0].Acts[0].Changes);
        Assert.Equal(("COMMENTS", "\"Chairs was tried.\""), (change.Field, change.New));
        Assert.Equal(("outside", """{"text": "Chairs"}"""), (run.Robots[4].Acts[0].To, run.Robots[4].Acts[0].Request!.Replace("\":\"", "\": \"", StringComparison.Ordinal)));
        Assert.Equal("condition.false", run.Robots[5].View.Code);
        Assert.Contains("\"left\":5", run.Robots[5].View.ConditionJson!.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(trial.Entry, a => a.Kind == "moved");
    }

    [Fact]
    public async Task Time_moves_over_waits_as_far_as_it_may()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("add_comment", new { text = "later" }) with { Delay = new DelayConfig { After = "PT2H" } },
            Robot("wait", new { duration = "P3D" }) with { AfterPrevious = true },
            Robot("add_comment", new { text = "at last" }, "last") with { AfterPrevious = true });
        var deal = await app.AddDealAsync();

        var still = await app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.First));
        var half = await app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.First) { Travel = TimeSpan.FromDays(1) });
        var whole = await app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.First) { Travel = TimeSpan.FromDays(10) });

        Assert.Equal(still.StartedAt.AddHours(2), Assert.Single(still.Waiting).Until);
        Assert.Equal(TimeSpan.FromHours(2), half.EndedAt - half.StartedAt);
        Assert.Equal([RobotProgress.Done, RobotProgress.Waiting, RobotProgress.NotReached], half.Runs[0].Robots.Select(r => r.View.Progress));
        Assert.Equal([RobotProgress.Done, RobotProgress.Done, RobotProgress.Done], whole.Runs[0].Robots.Select(r => r.View.Progress));
        Assert.Equal(whole.StartedAt.AddHours(74), whole.EndedAt);
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task Later_stages_are_followed_and_a_cycle_ends_at_its_limit()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = Deals.Second }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_stage", new { stage = Deals.First }));
        var deal = await app.AddDealAsync();

        var trial = await app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.First));

        Assert.Equal([Deals.First, Deals.Second, Deals.First], trial.Runs.Take(3).Select(r => r.Run.StageId));
        Assert.Equal(RunState.Stopped, trial.Runs[^1].Run.State);
        Assert.Equal("NEW", (await app.FindItemAsync(ItemRef.Deal(deal)))!.StageId);
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from run"));
    }

    [Fact]
    public async Task Answers_of_outside_calls_are_made_up_or_given_and_feed_later_robots()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("call_webhook", new { method = "POST", url = "http://127.0.0.1:9/" }, "hook"),
            Robot("add_comment", new { text = "It said {=hook:Status}" }) with { AfterPrevious = true });
        var deal = ItemRef.Deal(await app.AddDealAsync());

        var madeUp = await app.SendAsync(new TryStage(deal, Deals.First));
        var given = await app.SendAsync(new TryStage(deal, Deals.First) { Answers = new Dictionary<string, TrialAnswer> { ["hook"] = new(ResultsJson: """{"Status":418}""") } });
        var failed = await app.SendAsync(new TryStage(deal, Deals.First) { Answers = new Dictionary<string, TrialAnswer> { ["hook"] = new(Delivered: false, Message: "Nobody is there.") } });

        Assert.Equal("It said 200", Said(madeUp));
        Assert.Equal("It said 418", Said(given));
        Assert.Equal((RobotProgress.Incident, "Nobody is there."), (failed.Runs[0].Robots[0].View.Progress, failed.Runs[0].Robots[0].View.Message));
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new TryStage(deal, Deals.First) { Answers = new Dictionary<string, TrialAnswer> { ["hook"] = new(ResultsJson: "[1]") } }));
    }

    private static string? Said(StageTrial trial) => trial.Runs[0].Robots[1] is { Acts: [var act, ..] } ? act.Text : string.Join(" | ", trial.Runs[0].Robots.Select(r => $"{r.View.Progress} {r.View.Message} {r.View.Results}"));

    [Fact]
    public async Task Robots_that_are_not_saved_are_tried_and_checked_like_saved_ones()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = ItemRef.Deal(await app.AddDealAsync());
        var draft = new StageAutomationConfig { Robots = [Robot("add_comment", new { text = "draft" }, "")] };

        var trial = await app.SendAsync(new TryStage(deal, Deals.First) { Config = draft });

        Assert.Null(trial.Version);
        Assert.Equal("draft", Assert.Single(Assert.Single(trial.Runs).Robots).Acts[0].Text);
        Assert.Equal("stage.empty", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new TryStage(deal, Deals.First)))).Code);
        Assert.Equal("version.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new TryStage(deal, Deals.First) { Version = 7 }))).Code);
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new TryStage(deal, Deals.First) { Config = new() { Robots = [Robot("no_such")] } }));
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from config_version"));
    }

    [Fact]
    public async Task A_trial_of_robots_that_are_not_saved_lists_the_problems_that_saving_would()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = ItemRef.Deal(await app.AddDealAsync());
        var config = new StageAutomationConfig
        {
            Robots =
            [
                Robot("create_document", new { template = "nowhere" }, ""), Robot("send_sms", new { to = "client", text = "x", provider = "Nobody" }, ""),
                Robot("create_item", new { itemType = "99", fields = new { TITLE = "x" } }, ""), Robot("add_comment", new { text = "x" }, ""),
            ],
            Triggers = [Triggers.TriggerSteps.Trigger("form_submitted", new { form = "777" }) with { Key = "" }],
        };

        var tried = await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new TryStage(deal, Deals.First) { Config = config }));
        var saved = await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, config, 0)));

        Assert.Equal(saved.Errors.Select(e => (e.PropertyName, e.ErrorCode)), tried.Errors.Select(e => (e.PropertyName, e.ErrorCode)));
        Assert.Equal(["robots[0].template", "robots[1].provider", "robots[2].itemType", "triggers[0].form"], tried.Errors.Select(e => e.PropertyName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_step_that_the_database_refuses_is_told_as_it_would_be_and_the_rest_goes_on()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_poison"), Robot("add_comment", new { text = "after" }));
        var deal = ItemRef.Deal(await app.AddDealAsync());

        var trial = await app.SendAsync(new TryStage(deal, Deals.First));

        Assert.Equal([(RobotProgress.Incident, "write.failed"), (RobotProgress.Done, null)], trial.Runs[0].Robots.Select(r => (r.View.Progress, r.View.Code)));
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from incident"));
    }

    [Fact]
    public async Task An_item_that_is_being_worked_on_is_not_waited_for()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }));
        var deal = await app.AddDealAsync();
        await using var other = await app.Database.OpenConnectionAsync();
        await using var held = await other.BeginTransactionAsync();
        await using (var hold = other.CreateCommand())
        {
            hold.CommandText = $"select 1 from item where type_id = 2 and id = {deal} for update";
            await hold.ExecuteNonQueryAsync();
        }

        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.First)));
    }

    [Fact]
    public async Task Only_administrators_try_and_what_the_move_would_stop_is_named()
    {
        await using var app = await AppFixture.StartAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "late" }) with { Delay = new DelayConfig { After = "P1D" }, Name = "Late" });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "x" }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        var trial = await app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.Second));

        Assert.Contains(trial.Entry, a => a is { Kind: "stopped", Text: "Late" });
        Assert.Equal(RobotRunState.Waiting, Assert.Single(await app.RobotRunsAsync()).State);
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new TryStage(ItemRef.Deal(deal), Deals.Second), member));
    }

}
