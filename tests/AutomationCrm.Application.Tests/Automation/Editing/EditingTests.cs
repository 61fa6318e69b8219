using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Tests.Triggers;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class EditingTests
{
    private static readonly StagePlace First = new(ItemTypeIds.Deal, Deals.First);

    [Fact]
    public async Task A_robot_moves_to_another_stage_and_both_stages_get_a_version()
    {
        await using var app = await AppFixture.StartAsync();
        var from = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("a"), Comment("b"));

        var moved = await app.SendAsync(new ArrangeRobots(ItemTypeIds.Deal, Deals.First, from, Deals.Second, 0, ["a"], null));

        Assert.Equal([(Deals.First, 2), (Deals.Second, 1)], moved.Versions.Select(v => (v.Key, v.Value)));
        Assert.Equal(["b"], await KeysAsync(app, Deals.First));
        Assert.Equal(["a"], await KeysAsync(app, Deals.Second));
    }

    [Fact]
    public async Task A_move_that_one_stage_refuses_changes_neither()
    {
        await using var app = await AppFixture.StartAsync();
        var from = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("create_task", new { title = "Call" }, "task"), Comment("a", "Task {=task:TaskId}"));

        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new ArrangeRobots(ItemTypeIds.Deal, Deals.First, from, Deals.Second, 0, ["task"], null)));

        Assert.Equal(["task", "a"], await KeysAsync(app, Deals.First));
        Assert.Empty(await KeysAsync(app, Deals.Second));
    }

    [Fact]
    public async Task An_edit_of_an_older_version_is_a_conflict()
    {
        await using var app = await AppFixture.StartAsync();
        var seen = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("a"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("b"));

        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new ChangeRobots(ItemTypeIds.Deal, Deals.First, seen, ["a"], RobotChange.Remove)));
    }

    [Fact]
    public async Task Who_switched_a_robot_off_and_when_is_kept_until_it_is_on_again()
    {
        await using var app = await AppFixture.StartAsync();
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("a"));

        version = await app.SendAsync(new ChangeRobots(ItemTypeIds.Deal, Deals.First, version, ["a"], RobotChange.SwitchOff));
        var mark = (await LiveAsync(app, Deals.First)).Robots[0].Disabled;
        version = await app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, (await LiveAsync(app, Deals.First)) with { UndoSeconds = 5 }, version));

        Assert.Equal(app.Admin, mark!.By);
        Assert.Equal(mark, (await LiveAsync(app, Deals.First)).Robots[0].Disabled);
        await app.SendAsync(new ChangeRobots(ItemTypeIds.Deal, Deals.First, version, ["a"], RobotChange.SwitchOn));
        Assert.Null((await LiveAsync(app, Deals.First)).Robots[0].Disabled);
    }

    [Fact]
    public async Task A_copy_to_another_item_type_takes_what_fits_and_tells_why_the_rest_does_not()
    {
        await using var app = await AppFixture.StartAsync();
        var version = await app.PublishAsync(
            ItemTypeIds.Deal, Deals.First, Comment("fits"), Robot("change_fields", new { fields = new { PROBABILITY = "50" } }, "field"), Robot("change_stage", new { stage = "WON" }, "stage"),
            Robot("create_task", new { title = "{=Document:PROBABILITY}" }, "task"), Comment("result", "{=task:TaskId}"));
        var copy = new CopyRobots(First, version, ["fits", "field", "stage", "task", "result"], [new(ItemTypeIds.Lead, "NEW")], Move: false, DryRun: true);

        var report = await app.SendAsync(copy);
        Assert.Equal(
            [("fits", null), ("field", "field.unknown"), ("stage", "stage.unknown"), ("task", "reference.unknown"), ("result", "reference.unknown")],
            report.Targets[0].Robots.Select(r => (r.Key, r.Problems.Count > 0 ? r.Problems[0].Code : null)));
        Assert.Empty(await KeysAsync(app, "NEW", ItemTypeIds.Lead));

        await app.SendAsync(copy with { DryRun = false });
        Assert.Equal(["fits"], await KeysAsync(app, "NEW", ItemTypeIds.Lead));
    }

    [Fact]
    public async Task A_copy_on_the_same_stage_gets_keys_of_its_own_and_its_references_follow()
    {
        await using var app = await AppFixture.StartAsync();
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("create_task", new { title = "Call" }, "task"), Comment("note", "{=task:TaskId}") with { AfterPrevious = true });

        await app.SendAsync(new CopyRobots(First, version, ["task", "note"], [First], Move: false, DryRun: false));

        var robots = (await LiveAsync(app, Deals.First)).Robots;
        Assert.Equal([("task", false), ("note", true), ("task_2", false), ("note_2", true)], robots.Select(r => (r.Key, r.AfterPrevious)));
        Assert.Equal("{=task_2:TaskId}", robots[3].Settings.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_draft_is_not_live_and_publishing_it_names_the_version_it_is_based_on()
    {
        await using var app = await AppFixture.StartAsync();
        var live = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("a"));
        var draft = await app.SendAsync(new SaveDraft(ItemTypeIds.Deal, Deals.First, new() { Robots = [Comment("a"), Comment("b")] }, null, live));
        draft = (await app.SendAsync(new ArrangeRobots(ItemTypeIds.Deal, Deals.First, draft, Deals.First, draft, ["b"], "a") { Draft = true })).Versions[Deals.First];
        Assert.Equal(["a"], await KeysAsync(app, Deals.First));

        var newer = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, [Comment("c")]);
        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new PublishDraft(ItemTypeIds.Deal, Deals.First, draft, live)));
        var published = await app.SendAsync(new PublishDraft(ItemTypeIds.Deal, Deals.First, draft, newer));

        Assert.Equal(newer + 1, published);
        Assert.Equal(["b", "a"], await KeysAsync(app, Deals.First));
        Assert.Null(await app.SendAsync(new GetDraft(ItemTypeIds.Deal, Deals.First)));
    }

    [Fact]
    public async Task The_hundred_and_first_robot_of_a_stage_is_refused_and_nothing_is_saved()
    {
        await using var app = await AppFixture.StartAsync();
        var most = new StageAutomationConfig { Robots = [.. Enumerable.Range(1, StageAutomationCheck.MostRobots).Select(i => Comment($"r{i}"))] };
        var live = await app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, most, 0));

        var refused = await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, most with { Robots = [.. most.Robots, Comment("r101")] }, live)));

        Assert.Contains(refused.Errors, e => (e.ErrorCode, e.PropertyName) == ("robots.many", "robots"));
        Assert.Equal(StageAutomationCheck.MostRobots, (await KeysAsync(app, Deals.First)).Length);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from config_version"));
    }

    [Fact]
    public async Task Triggers_of_a_draft_are_not_live_are_published_compared_and_restored()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        var before = new StageAutomationConfig { Triggers = [TriggerSteps.Trigger("field_changed", new { fields = "TITLE" }, "t1")] };
        var live = await app.SendAsync(new SaveStageAutomation(ItemTypeIds.Deal, Deals.First, before, 0));
        var changed = new StageAutomationConfig
        {
            Triggers = [TriggerSteps.Trigger("field_changed", new { fields = "OPPORTUNITY" }, "t1"), TriggerSteps.Trigger("idle", new { days = 3 }, "t2"), new() { Type = "task_closed", Name = "Closed" }],
        };
        var draft = await app.SendAsync(new SaveDraft(ItemTypeIds.Deal, Deals.First, changed, null, live));
        Assert.All((await app.SendAsync(new GetDraft(ItemTypeIds.Deal, Deals.First)))!.Config.Triggers, t => Assert.NotEmpty(t.Key));
        await app.ChangeAsync(deal, "OPPORTUNITY", Value.Of(5m));
        await app.DrainAsync();
        Assert.Equal("NEW", await app.StageAsync(deal));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));

        var published = await app.SendAsync(new PublishDraft(ItemTypeIds.Deal, Deals.First, draft, live));
        await app.DrainAsync();
        var now = await LiveAsync(app, Deals.First);
        var diff = AutomationDiff.Of(before, now);
        Assert.Equal([(DiffKind.Changed, "t1"), (DiffKind.Added, "t2"), (DiffKind.Added, now.Triggers[2].Key)], diff.Entries.Select(e => (e.Kind, e.Key)));
        Assert.All(diff.Entries, e => Assert.True(e.IsTrigger));
        Assert.Equal("settings.fields", Assert.Single(diff.Entries[0].Changes).Part);
        // Whoever was there before is waited for from now on.
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer where job_kind = 'trigger.timer'"));
        await app.ChangeAsync(deal, "OPPORTUNITY", Value.Of(6m));
        Assert.Equal(Deals.First, await app.StageAsync(deal));

        await app.SendAsync(new RestoreVersions(ItemTypeIds.Deal, [new(Deals.First, live, published)]));
        Assert.True(AutomationDiff.Of(before, await LiveAsync(app, Deals.First)).IsEmpty);
    }

    [Fact]
    public async Task A_draft_with_problems_is_kept_but_not_published()
    {
        await using var app = await AppFixture.StartAsync();
        var draft = await app.SendAsync(new SaveDraft(ItemTypeIds.Deal, Deals.First, new() { Robots = [Comment("a", "{=Document:NOWHERE}")] }, null, 0));

        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new PublishDraft(ItemTypeIds.Deal, Deals.First, draft, 0)));

        Assert.NotNull(await app.SendAsync(new GetDraft(ItemTypeIds.Deal, Deals.First)));
        Assert.Empty(await KeysAsync(app, Deals.First));
    }

    [Fact]
    public async Task A_member_may_not_edit()
    {
        await using var app = await AppFixture.StartAsync();
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("a"));

        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new ChangeRobots(ItemTypeIds.Deal, Deals.First, version, ["a"], RobotChange.Remove), person: 77));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new GetDraft(ItemTypeIds.Deal, Deals.First), person: 77));
    }

    private static RobotConfig Comment(string key, string text = "x") => Robot("add_comment", new { text }, key);

    private static async Task<StageAutomationConfig> LiveAsync(AppFixture app, string stage, int type = ItemTypeIds.Deal) => (await app.SendAsync(new GetStageAutomation(type, stage))).Config;

    private static async Task<string[]> KeysAsync(AppFixture app, string stage, int type = ItemTypeIds.Deal) => [.. (await LiveAsync(app, stage, type)).Robots.Select(r => r.Key)];
}
