using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

/// <summary>Variables, global values, calculation and data of other items (reference 1.6, data storage; 3.1, 4.1).</summary>
public class DataRobotTests
{
    [Fact]
    public async Task A_variable_keeps_its_type_for_later_robots_of_the_run()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("set_variable", new { variable = "Due", value = "= dateadd('2026-03-30', '1d')" }, "due"),
            TestPortal.Robot("calculate", new { formula = "= {=Document:OPPORTUNITY} * 2", variable = "Twice" }, "twice") with { AfterPrevious = true },
            TestPortal.Robot("change_fields", new { fields = new { CLOSEDATE = "{=Variable:Due}", OPPORTUNITY = "= {=Variable:twice} + {=twice:Result}", COMMENTS = "Due {=Variable:Due}" } }, "use") with { AfterPrevious = true });
        await MoveAsync(app);

        var deal = await app.DealAsync();
        Assert.Equal((Value.Of(new DateOnly(2026, 3, 31)), 400m), (deal[FieldCodes.CloseDate], deal.Number(FieldCodes.Amount)));
    }

    [Fact]
    public async Task A_variable_survives_a_wait_and_is_not_seen_by_another_run()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("set_variable", new { variable = "Who", value = "{=Document:TITLE}" }, "set"),
            TestPortal.Robot("wait", new { duration = "PT1H" }) with { AfterPrevious = true },
            TestPortal.Robot("add_comment", new { text = "For {=Variable:Who}" }) with { AfterPrevious = true });
        await app.PublishAsync(2, "EXECUTING",
            TestPortal.Robot("add_comment", new { text = "Now [{=Variable:Who}]" }),
            TestPortal.Robot("set_variable", new { variable = "Who", value = "later" }, "later"));
        var deal = await MoveAsync(app);
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();
        await app.SendAsync(new MoveItem(deal, "EXECUTING"));
        await app.DrainAsync();

        Assert.Equal(["For Chairs", "Now []"], await app.ReadAsync(db => db.Comments.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Text).ToListAsync()));
    }

    [Fact]
    public async Task A_variable_that_no_robot_sets_is_unknown_and_a_name_must_be_one()
    {
        await using var app = await AppFixture.StartAsync();
        var unknown = await app.RunAsync("add_comment", new { text = "{=Variable:Nothing}" });
        var wrong = await app.RunAsync("set_variable", new { variable = "no name", value = "x" });

        Assert.Equal((RobotRunState.Incident, "settings.unresolved"), (unknown.State, unknown.Code));
        Assert.Equal((RobotRunState.Incident, "setting.name"), (wrong.State, wrong.Code));
    }

    [Fact]
    public async Task Set_global_counts_on_and_remembers_every_value()
    {
        await using var app = await AppFixture.StartAsync();
        await AddGlobalAsync(app, "Counter", FieldKind.Number, Value.Of(41m));
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("set_global", new { global = "counter", action = "add", value = "1" }, "count"),
            TestPortal.Robot("add_comment", new { text = "{=GlobalVar:Counter} after {=count:Previous}, {=count:Value}" }) with { AfterPrevious = true });
        await MoveAsync(app);
        await MoveAsync(app);

        Assert.Equal(["42 after 41, 42", "43 after 42, 43"], await app.ReadAsync(db => db.Comments.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Text).ToListAsync()));
        Assert.Equal([2L, 3L], await app.ReadAsync(db => db.GlobalValueChanges.AsNoTracking().OrderBy(c => c.Version).Select(c => c.Version).ToListAsync()));
    }

    [Fact]
    public async Task Many_items_that_count_at_the_same_moment_all_count()
    {
        await using var app = await AppFixture.StartAsync();
        await AddGlobalAsync(app, "Counter", FieldKind.Number, Value.Of(0m));
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("set_global", new { global = "Counter", action = "add", value = "= 1" }));
        for (var i = 0; i < 12; i++) await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), "PREPARATION"));
        await Task.WhenAll(app.DrainAsync(), app.DrainAsync());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.SendAsync(new SetGlobalValue("Counter", Value.Of(1m), GlobalChange.Add))));

        Assert.Equal(Value.Of(20m), await app.ReadAsync(async db => (await db.GlobalValues.AsNoTracking().SingleAsync()).Current));
    }

    [Fact]
    public async Task Constants_are_read_and_not_set_by_robots()
    {
        await using var app = await AppFixture.StartAsync();
        await AddGlobalAsync(app, "Tax", FieldKind.Number, Value.Of(20m), constant: true);
        var robotRun = await app.RunAsync("calculate", new { formula = "= {=Document:OPPORTUNITY} * {=GlobalConst:Tax} / 100" });
        var refused = await app.RunAsync("set_global", new { global = "Tax", value = "19" });
        var missing = await app.RunAsync("set_global", new { global = "Nothing", value = "1" });

        Assert.Equal("""{"Result": 20.00}""", robotRun.Results);
        Assert.Equal((RobotRunState.Incident, "global.constant"), (refused.State, refused.Code));
        Assert.Equal((RobotRunState.Incident, "global.unknown"), (missing.State, missing.Code));
    }

    [Fact]
    public async Task A_global_value_takes_only_its_own_kind()
    {
        await using var app = await AppFixture.StartAsync();
        await AddGlobalAsync(app, "Until", FieldKind.Date, Value.Null);
        var set = await app.RunAsync("set_global", new { global = "Until", value = "2026-03-31" });
        var wrong = await app.RunAsync("set_global", new { global = "Until", value = "soon" });
        var added = await app.RunAsync("set_global", new { global = "Until", action = "add", value = "2026-04-01" });

        Assert.Equal("""{"Value": "2026-03-31", "Previous": null}""", set.Results);
        Assert.Equal((RobotRunState.Incident, "field.type"), (wrong.State, wrong.Code));
        Assert.Equal((RobotRunState.Incident, "global.add"), (added.State, added.Code));
    }

    [Fact]
    public async Task Get_item_reads_fields_by_number_by_link_and_by_filter()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        foreach (var amount in (decimal[])[10, 20, 30])
            await app.SendAsync(new AddItem(7, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of($"Offer {amount}"), [FieldCodes.Amount] = Value.Of(amount), ["DEAL_ID"] = new ItemValue(2, deal), [FieldCodes.CloseDate] = Value.Of(new DateOnly(2026, 3, 31)) }));
        string[] fields = ["TITLE", "OPPORTUNITY", "CLOSEDATE"];
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("get_item", new { itemType = 7, fields }, "oldest"),
            TestPortal.Robot("get_item", new { itemType = 7, newest = "Y", fields }, "newest") with { AfterPrevious = true },
            TestPortal.Robot("get_item", new { itemType = 7, filter = new Dictionary<string, string> { [">OPPORTUNITY"] = "15" }, fields }, "filtered") with { AfterPrevious = true },
            TestPortal.Robot("get_item", new { itemType = 2, id = "{=Document:ID}", fields = new[] { "TITLE" } }, "self") with { AfterPrevious = true },
            TestPortal.Robot("add_comment", new { text = "{=oldest:TITLE}; {=newest:OPPORTUNITY}; {=filtered:TITLE}; {=self:TITLE}; {{= datediff({=oldest:CLOSEDATE}, '2026-04-01', '%a') }}" }) with { AfterPrevious = true });
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), "PREPARATION"));
        await app.DrainAsync();

        Assert.Equal("Offer 10; 30; Offer 20; Chairs; 1", await app.ScalarAsync<string>("select text from comment"));
        var none = await app.RunAsync("get_item", new { itemType = 7, fields = new[] { "TITLE" } });
        Assert.Equal((RobotRunState.Skipped, "item.none"), (none.State, none.Code));
    }

    [Fact]
    public async Task Get_client_reads_the_company_and_get_user_the_person()
    {
        await using var app = await AppFixture.StartAsync();
        var company = await app.SendAsync(new AddItem(4, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Acme"), [FieldCodes.Phone] = Value.Of([Value.Of("+1 555")]) }));
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("get_client", new { client = "company", fields = new[] { "TITLE", "PHONE" } }, "client"),
            TestPortal.Robot("get_user", new { }, "person") with { AfterPrevious = true },
            TestPortal.Robot("add_comment", new { text = "{=client:TITLE} {=client:PHONE}, {=person:FullName}" }) with { AfterPrevious = true });
        var deal = await app.SendAsync(new AddItem(2, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Chairs"), [FieldCodes.Company] = new ItemValue(4, company) }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), "PREPARATION"));
        await app.DrainAsync();

        Assert.Equal("Acme +1 555, Ada Admin", await app.ScalarAsync<string>("select text from comment"));
        Assert.Equal("item.none", (await app.RunAsync("get_client", new { client = "contact", fields = new[] { "NAME" } })).Code);
    }

    [Theory]
    [InlineData("digits", "^[0-9]{12}$")]
    [InlineData("letters", "^[A-Za-z]{12}$")]
    [InlineData("clear", "^[2-9A-HJ-NP-Z]{12}$")]
    public async Task Random_string_is_as_long_and_as_clear_as_wanted(string alphabet, string pattern)
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("random_string", new { length = "12", alphabet });
        var wrong = await app.RunAsync("random_string", new { length = 0 });

        using var json = System.Text.Json.JsonDocument.Parse(robotRun.Results!);
        Assert.Matches(pattern, json.RootElement.GetProperty("Text").GetString()!);
        Assert.Equal((RobotRunState.Incident, "setting.range"), (wrong.State, wrong.Code));
    }

    private static async Task<ItemRef> MoveAsync(AppFixture app)
    {
        var deal = ItemRef.Deal(await app.AddDealAsync());
        await app.SendAsync(new MoveItem(deal, "PREPARATION"));
        await app.DrainAsync();
        return deal;
    }

    private static Task<int> AddGlobalAsync(AppFixture app, string code, FieldKind kind, Value value, bool constant = false) => app.ReadAsync(async db =>
    {
        db.GlobalValues.Add(new() { Code = code, Name = code, Kind = kind, IsConstant = constant, Value = value.IsEmpty ? null : TypedJson.Write(value) });
        await db.SaveConfigurationAsync(CancellationToken.None);
        return 0;
    });
}
