using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class InspectTests
{
    [Fact]
    public async Task Unknown_fields_impossible_order_gone_people_and_possible_cycles_are_found_with_their_robot_and_part()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal, Deals.First,
            Robot("add_comment", new { text = "{=Document:NOBODY}" }, "unknown"),
            Robot("create_task", new { title = "Call" }, "task"),
            Robot("add_comment", new { text = "{=task:TaskId}" }, "early"),
            Robot("notify_user", new { people = new[] { "999" }, text = "x" }, "gone"),
            Robot("change_stage", new { stage = Deals.Second }, "go"),
            Robot("add_comment", new { text = "never" }, "never") with { AfterPrevious = true });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_stage", new { stage = Deals.First }, "back"));

        var problems = await app.SendAsync(new InspectPipeline(ItemTypeIds.Deal, 0));

        Assert.Equal(
            ["back/stage/cycle.possible", "early/text/order.parallel", "go/stage/cycle.possible", "gone/people/person.unknown", "never/name/order.unreachable", "unknown/text/reference.unknown"],
            problems.Select(p => $"{p.RobotKey}/{p.Part}/{p.Code}").Order());
        Assert.Equal(["unknown"], problems.Where(p => p.IsError).Select(p => p.RobotKey));
    }

    [Fact]
    public async Task A_field_and_a_person_know_the_robots_and_conditions_that_use_them()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal, Deals.First,
            Robot("add_comment", new { text = "{=Document:TITLE}" }, "text"),
            Robot("change_fields", new { fields = new { TITLE = "x" } }, "set"),
            Robot("notify_user", new { people = new[] { $"{app.Admin}" }, text = "x" }, "tell") with { Condition = ConditionRows.All(("TITLE", "filled", null)) });

        var usages = await app.SendAsync(new FindFieldUsages(ItemTypeIds.Deal, FieldCodes.Title));

        Assert.Equal([("set", "fields", true), ("tell", "condition", false), ("text", "text", false)], usages.Select(u => (u.Key, u.Place, u.Writes)).Order());
        Assert.Equal("tell", Assert.Single(await app.SendAsync(new FindPersonUsages(app.Admin))).Key);
        Assert.Equal(3, (await app.SendAsync(new CountFieldUsages(ItemTypeIds.Deal)))[FieldCodes.Title]);
    }
}
