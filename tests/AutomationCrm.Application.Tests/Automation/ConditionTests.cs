using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Conditions of robots: nested groups over everything a run knows.</summary>
public class ConditionTests
{
    [Fact]
    public async Task Nested_groups_keep_every_verdict_and_every_value_they_saw()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("nested", """
            {"any":[{"all":[{"field":"OPPORTUNITY","op":"gt","value":1000},{"field":"TITLE","op":"eq","value":"x"}]},{"not":{"field":"TITLE","op":"contains","value":"{=Document:CURRENCY_ID}"}}]}
            """));
        await app.MoveAsync(await app.AddDealAsync("Chairs for EUR", 5), Deals.First);

        await app.DrainAsync();

        var robotRun = Assert.Single(await app.RobotRunsAsync());
        Assert.Equal((RobotRunState.Skipped, "condition.false"), (robotRun.State, robotRun.Code));
        var view = ConditionView.Parse(robotRun.Operands!);
        Assert.Equal(("any", (bool?)false), (view.Kind, view.Holds));
        Assert.Equal(("all", (bool?)false), (view.Parts[0].Kind, view.Parts[0].Holds));
        Assert.Equal(("not", (bool?)false), (view.Parts[1].Kind, view.Parts[1].Holds));
        Assert.Equal([("5.00", (bool?)false), (null, null), ("\"Chairs for EUR\"", true)], view.Rows.Select(r => (r.Left, r.Holds)));
        Assert.Equal("\"EUR\"", view.Parts[1].Parts[0].Right);
    }

    [Theory]
    [InlineData("COMPANY.TITLE", "Acme", true)]
    [InlineData("Document:COMPANY_ID.TITLE", "Acme", true)]
    [InlineData("CONTACT.COMPANY.TITLE", "Acme", true)]
    [InlineData("CONTACT.EMAIL", "ann@acme.example", true)]
    [InlineData("COMPANY.INDUSTRY", "Steel", false)]
    [InlineData("LEAD.TITLE", "", true)]
    public async Task Fields_of_the_client_are_read_through_its_links(string field, string value, bool holds)
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "yes" }) with { Condition = When(field, "eq", value) });
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { ["TITLE"] = Value.Of("Acme") }));
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value>
        {
            ["NAME"] = Value.Of("Ann"),
            ["COMPANY_ID"] = new ItemValue(ItemTypeIds.Company, company),
            ["EMAIL"] = Value.Of([new ContactPointValue(0, "WORK", "ann@acme.example")]),
        }));
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value>
        {
            ["TITLE"] = Value.Of("Deal"),
            ["COMPANY_ID"] = new ItemValue(ItemTypeIds.Company, company),
            ["CONTACT_ID"] = new ItemValue(ItemTypeIds.Contact, contact),
        }));
        await app.MoveAsync(deal, Deals.First);

        await app.DrainAsync();

        Assert.Equal(holds ? RobotRunState.Done : RobotRunState.Skipped, Assert.Single(await app.RobotRunsAsync()).State);
    }

    [Theory]
    [InlineData("""{"field":"STAGE_ID","op":"changed"}""", true)]
    [InlineData("""{"field":"STAGE_ID","op":"changed","from":"NEW","to":"PREPARATION"}""", true)]
    [InlineData("""{"field":"STAGE_ID","op":"changed","from":"EXECUTING"}""", false)]
    [InlineData("""{"field":"TITLE","op":"changed"}""", false)]
    public async Task Old_and_new_values_are_those_of_the_change_that_started_the_run(string row, bool holds)
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("changed", row));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Equal(holds ? RobotRunState.Done : RobotRunState.Skipped, Assert.Single(await app.RobotRunsAsync()).State);
    }

    [Fact]
    public async Task A_row_that_cannot_be_evaluated_fails_the_robot_closed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Comment("broken", """{"any":[{"field":"nobody:Result","op":"eq","value":"1"},{"field":"TITLE","op":"filled"}]}"""));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Equal((RobotRunState.Incident, "condition.unknown"), Assert.Single((await app.RobotRunsAsync()).Select(r => (r.State, r.Code))));
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task Results_of_an_earlier_robot_decide_about_a_later_one()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("create_task", new { title = "Call" }, "task"),
            Robot("add_comment", new { text = "made" }) with { AfterPrevious = true, Condition = When("task:TaskId", "filled") });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Equal(["made"], await app.CommentsAsync());
    }

    private static RobotConfig Comment(string key, string condition) =>
        Robot("add_comment", new { text = "yes" }, key) with { Condition = JsonDocument.Parse(condition).RootElement };
}
