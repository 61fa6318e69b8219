using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class AddedRobotsTests
{
    private static readonly StagePlace First = new(ItemTypeIds.Deal, Deals.First);
    private static readonly StagePlace Second = new(ItemTypeIds.Deal, Deals.Second);

    [Fact]
    public async Task A_copied_robot_raises_the_question_on_each_stage_that_has_items()
    {
        await using var app = await AppFixture.StartAsync();
        await StandAsync(app, Deals.Second);
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a"));

        var copied = await app.SendAsync(new CopyRobots(First, version, ["a"], [Second, new(ItemTypeIds.Lead, "NEW")], Move: false, DryRun: false));
        var asked = await AskAsync(app, [.. copied.Targets.Select(t => new MadeVersion(t.Stage.TypeId, t.Stage.Id, t.Version!.Value))]);

        var only = Assert.Single(asked);
        Assert.Equal((Deals.Second, "a", 1), (only.Stage.Id, Assert.Single(only.Robots).Key, only.Items));
    }

    [Fact]
    public async Task A_robot_that_moved_to_another_stage_is_new_there_and_an_order_is_no_addition()
    {
        await using var app = await AppFixture.StartAsync();
        await StandAsync(app, Deals.First);
        await StandAsync(app, Deals.Second);
        var from = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a"), Note("b"));

        var moved = await app.SendAsync(new ArrangeRobots(ItemTypeIds.Deal, Deals.First, from, Deals.Second, 0, ["a"], null));
        Assert.Equal([Deals.Second], (await AskAsync(app, Made(moved))).Select(q => q.Stage.Id));

        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("b"), Note("c"));
        var ordered = await app.SendAsync(new ArrangeRobots(ItemTypeIds.Deal, Deals.First, from + 2, Deals.First, from + 2, ["c"], "b"));
        Assert.Empty(await AskAsync(app, Made(ordered)));
    }

    [Fact]
    public async Task A_restored_version_and_a_published_draft_ask_for_the_robots_they_bring_back()
    {
        await using var app = await AppFixture.StartAsync();
        await StandAsync(app, Deals.First);
        var old = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a"), Note("b"));
        var without = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a"));

        var restored = await app.SendAsync(new RestoreVersions(ItemTypeIds.Deal, [new(Deals.First, old, without)]));
        Assert.Equal(["b"], (await AskAsync(app, [new(ItemTypeIds.Deal, Deals.First, restored[Deals.First])])).SelectMany(q => q.Robots).Select(r => r.Key));

        var draft = await app.SendAsync(new SaveDraft(ItemTypeIds.Deal, Deals.First, new() { Robots = [Note("a"), Note("b"), Note("c")] }, null, restored[Deals.First]));
        var published = await app.SendAsync(new PublishDraft(ItemTypeIds.Deal, Deals.First, draft, restored[Deals.First]));
        Assert.Equal(["c"], (await AskAsync(app, [new(ItemTypeIds.Deal, Deals.First, published)])).SelectMany(q => q.Robots).Select(r => r.Key));
    }

    [Fact]
    public async Task Robots_that_are_off_wait_for_a_trigger_or_left_again_raise_no_question()
    {
        await using var app = await AppFixture.StartAsync();
        await StandAsync(app, Deals.First);

        var off = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a") with { Enabled = false }, Note("b"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a") with { Enabled = false });

        Assert.Empty(await AskAsync(app, [new(ItemTypeIds.Deal, Deals.First, off)]));
        Assert.Empty(await AskAsync(app, [new(ItemTypeIds.Deal, Deals.Second, 7), new(99, "NEW", 1)]));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new FindAddedRobots([new(ItemTypeIds.Deal, Deals.First, off)]), person: 77));
    }

    [Theory]
    [InlineData("2~C1:NEW~4", true)]
    [InlineData("2~~4", false)]
    [InlineData("x~NEW~4", false)]
    [InlineData("2~NEW", false)]
    public void A_made_version_reads_what_it_writes_and_nothing_else(string text, bool reads) => Assert.Equal(reads ? text : null, MadeVersion.Parse(text)?.ToString());

    private static RobotConfig Note(string key) => Robot("add_comment", new { text = key }, key);

    private static Task<IReadOnlyList<AddedRobots>> AskAsync(AppFixture app, params MadeVersion[] made) => app.SendAsync(new FindAddedRobots(made));

    private static MadeVersion[] Made(Arranged arranged) => [.. arranged.Versions.Select(v => new MadeVersion(ItemTypeIds.Deal, v.Key, v.Value))];

    private static async Task StandAsync(AppFixture app, string stage)
    {
        await app.MoveAsync(await app.AddDealAsync(), stage);
        await app.DrainAsync();
    }
}
