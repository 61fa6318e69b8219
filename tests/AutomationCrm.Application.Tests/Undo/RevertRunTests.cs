using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Application.Tests.Undo.UndoTests;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Undo;

public sealed class RevertRunTests
{
    [Fact]
    public async Task An_older_run_gives_back_the_fields_it_has_changed_and_nobody_has_touched_since()
    {
        await using var app = await StartAsync(Robot("create_task", new { title = "Call" }), Robot("change_fields", new { fields = new { COMMENTS = "changed", OPPORTUNITY = "777" } }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { Triggers = [Triggers.TriggerSteps.Trigger("field_changed", new { fields = "OPPORTUNITY" })] });
        var deal = await app.AddDealAsync(amount: 5);
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        // The trigger has moved it on; weeks go by, and somebody writes one of the fields.
        Assert.Equal(Deals.Second, (await app.FindItemAsync(ItemRef.Deal(deal)))!.StageId);
        await app.ExecuteAsync("update run set started_at = started_at - interval '20 days'; update event set at = at - interval '20 days'");
        await app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [FieldCodes.Comments] = Value.Of("mine") }));
        var run = await app.ScalarAsync<long>($"select id from run where stage_id = '{Deals.First}'");

        var reverted = await app.SendAsync(new RevertRun(run), origin: Origin.Page);
        await app.DrainAsync();

        var item = (await app.FindItemAsync(ItemRef.Deal(deal)))!;
        Assert.Equal(("mine", 5m, 5m, Deals.Second, reverted.Version), (item.Text(FieldCodes.Comments), item.Number(FieldCodes.Amount), item.Number(FieldCodes.AmountBase), item.StageId, item.Version));
        Assert.Equal([FieldCodes.Amount], reverted.Fields);
        Assert.Equal(("field", FieldCodes.Comments, "Ada Admin"), (Assert.Single(reverted.NotReverted) is var n ? (n.Code, n.Subject, n.Person) : default));
        Assert.Equal(TaskState.Open, (await app.ReadAsync(db => db.Tasks.SingleAsync())).State);
        // One decision of the trigger: that of the run, none of the putting back.
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from trigger_record"));
        Assert.Equal("run_reverted", await app.ScalarAsync<string>("select kind from timeline_note order by id desc limit 1"));
        var again = await app.SendAsync(new RevertRun(run));
        Assert.Equal((0, 2), (again.Fields.Count, again.NotReverted.Count));
    }

    [Fact]
    public async Task A_run_under_way_one_without_fields_and_one_that_is_not_to_be_seen_are_not_put_back()
    {
        await using var app = await StartAsync(Robot("add_comment", new { text = "x" }), Robot("wait", new { duration = "PT1H" }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var run = Assert.Single(await app.RunsAsync()).Id;

        Assert.Equal("revert.running", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new RevertRun(run)))).Code);
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();
        Assert.Equal("revert.nothing", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new RevertRun(run)))).Code);
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [FieldCodes.Opened] = Value.Of(false) }));
        foreach (var (id, person) in ((long, long?)[])[(run, member), (run + 1000, null)])
            Assert.Equal("Run", (await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new RevertRun(id), person))).What);
    }
}
