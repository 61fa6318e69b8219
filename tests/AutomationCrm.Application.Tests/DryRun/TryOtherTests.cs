using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.Tests.Triggers;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.DryRun;

/// <summary>Dry runs that do not begin with an item entering a stage: a trigger's event, a waiting robot, a script.</summary>
public sealed class TryOtherTests
{
    [Fact]
    public async Task A_trigger_is_tried_with_its_event_and_everything_that_follows()
    {
        await using var app = await AppFixture.StartAsync();
        await PublishAsync(app, TriggerSteps.Trigger("mail_received", new { subject = "offer" }) with { Condition = TriggerSteps.Row("OPPORTUNITY", "gt", "3") });
        var deal = await app.AddDealAsync("Chairs", 5);
        var before = await Fingerprint.TakeAsync(app);

        var trial = await app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "t-mail_received") { Facts = new Dictionary<string, string> { ["From"] = "mia@example.com" } });

        Assert.Equal(before, await Fingerprint.TakeAsync(app));
        var asked = Assert.Single(trial.Triggers);
        Assert.Equal(("t-mail_received", "applied"), (asked.Key, asked.Code));
        Assert.Contains("\"left\":5", asked.Condition!.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(trial.Entry, a => a.Kind == "moved");
        Assert.Equal("From mia@example.com: offer", Assert.Single(Assert.Single(Assert.Single(trial.Runs).Robots).Acts).Text);
    }

    [Theory]
    [InlineData("From=x,Subject=other", "trigger.settings")]
    [InlineData("From=x", "condition.false")]
    public async Task A_trigger_that_would_not_apply_says_why(string facts, string code)
    {
        await using var app = await AppFixture.StartAsync();
        await PublishAsync(app, TriggerSteps.Trigger("mail_received", new { subject = "offer" }) with { Condition = TriggerSteps.Row("OPPORTUNITY", "gt", "30") });
        var deal = await app.AddDealAsync("Chairs", 5);

        var trial = await app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "t-mail_received") { Facts = facts.Split(',').Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[1]) });

        Assert.Equal(code, Assert.Single(trial.Triggers).Code);
        Assert.Empty(trial.Runs);
    }

    [Fact]
    public async Task A_change_of_a_field_is_tried_as_the_change_itself()
    {
        await using var app = await AppFixture.StartAsync();
        await PublishAsync(app, TriggerSteps.Trigger("field_changed", new { fields = new[] { "OPPORTUNITY" } }));
        var deal = await app.AddDealAsync("Chairs", 5);
        var before = await Fingerprint.TakeAsync(app);

        var trial = await app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "t-field_changed") { Changes = new Dictionary<string, string> { ["OPPORTUNITY"] = "70" } });

        Assert.Equal(before, await Fingerprint.TakeAsync(app));
        Assert.Equal("applied", Assert.Single(trial.Triggers).Code);
        Assert.Single(trial.Runs);
        Assert.Equal("trigger.changes", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "t-field_changed")))).Code);
        Assert.Equal("trigger.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "nobody")))).Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "t-field_changed"), person: 99));
    }

    [Fact]
    public async Task A_trigger_that_is_switched_off_says_so()
    {
        await using var app = await AppFixture.StartAsync();
        await PublishAsync(app, TriggerSteps.Trigger("idle", new { days = 3 }) with { Enabled = false });
        var deal = await app.AddDealAsync("Chairs", 5);

        Assert.Equal("trigger.disabled", Assert.Single((await app.SendAsync(new TryTrigger(ItemRef.Deal(deal), Deals.First, "t-idle"))).Triggers).Code);
    }

    [Fact]
    public async Task A_waiting_robot_is_tried_as_if_it_went_on_now()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("add_comment", new { text = "first" }, "first"),
            Robot("add_comment", new { text = "later {=Document:TITLE}" }, "later") with { AfterPrevious = true, Delay = new DelayConfig { After = "P1D" } },
            Robot("add_comment", new { text = "after" }, "after") with { AfterPrevious = true });
        var deal = await app.AddDealAsync("Chairs", 5);
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var wait = await app.ScalarAsync<long>("select id from robot_run where robot_key = 'later'");
        var before = await Fingerprint.TakeAsync(app);

        var trial = await app.SendAsync(new TryWait(wait));

        Assert.Equal(before, await Fingerprint.TakeAsync(app));
        var robots = Assert.Single(trial.Runs).Robots;
        Assert.Equal([RobotProgress.Done, RobotProgress.Done, RobotProgress.Done], robots.Select(r => r.View.Progress));
        Assert.Equal([0, 1, 1], robots.Select(r => r.Acts.Count(a => a.Kind == "comment")));
        Assert.Equal("later Chairs", robots[1].Acts.Single(a => a.Kind == "comment").Text);
        await app.ExecuteAsync("update item set opened = false");
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new TryWait(wait), person: 99));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new TryWait(987_654)));
    }

    [Fact]
    public async Task A_script_is_tried_on_an_item_before_it_is_launched()
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, new ScriptConfig
        {
            Name = "Tell",
            Parameters = [new("Reason", "Reason", FieldKind.Text, Required: true)],
            Robots = [Robot("add_comment", new { text = "Because {=Template:Reason}" }), Robot("change_stage", new { stage = "WON" })],
        }, 0));
        var deal = await app.AddDealAsync("Chairs", 5);
        var before = await Fingerprint.TakeAsync(app);

        var trial = await app.SendAsync(new TryScript(ItemRef.Deal(deal), script) { Values = new Dictionary<string, string> { ["Reason"] = "of rain" } });

        Assert.Equal(before, await Fingerprint.TakeAsync(app));
        var robots = trial.Runs[0].Robots;
        Assert.Equal("Because of rain", Assert.Single(robots[0].Acts).Text);
        Assert.Contains(robots[1].Acts, a => a.Kind == "moved");
        Assert.Equal("parameter.required", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new TryScript(ItemRef.Deal(deal), script)))).Code);
        Assert.Equal("script.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new TryScript(ItemRef.Deal(deal), 77)))).Code);
    }

    private static Task PublishAsync(AppFixture app, TriggerConfig trigger) =>
        app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Robots = [Robot("add_comment", new { text = "From {=Template:From}: {=Template:Subject}" })], Triggers = [trigger] });
}
