using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;

namespace AutomationCrm.Robots.Tests;

/// <summary>Whom an item is given to (reference 1.6, change responsible).</summary>
public class ResponsibleRobotTests
{
    [Fact]
    public async Task Change_responsible_round_robin_goes_on_where_it_stopped_and_passes_over_who_is_away()
    {
        await using var app = await AppFixture.StartAsync();
        var people = new[] { await app.AddPersonAsync("A"), await app.AddPersonAsync("B"), await app.AddPersonAsync("C") };
        var settings = new { mode = "round_robin", people };
        var chosen = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            await app.RunAsync("change_responsible", settings);
            chosen.Add((await app.DealAsync()).ResponsibleId);
        }

        await SendAwayAsync(app, people[1]);
        await app.RunAsync("change_responsible", settings);
        Assert.Equal([people[0], people[1], people[2], people[0]], chosen);
        Assert.Equal(people[2], (await app.DealAsync()).ResponsibleId);
    }

    [Fact]
    public async Task Change_responsible_takes_the_least_loaded_also_within_one_batch()
    {
        await using var app = await AppFixture.StartAsync();
        var (busy, idle) = (await app.AddPersonAsync("Busy"), await app.AddPersonAsync("Idle"));
        for (var i = 0; i < 2; i++) await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Old"), [FieldCodes.Responsible] = new UserValue(busy) }));
        await app.PublishAsync(ItemTypeIds.Deal, RobotHarness.Stage, TestPortal.Robot("change_responsible", new { mode = "least_loaded", people = new[] { busy, idle } }));
        for (var i = 0; i < 4; i++) await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), RobotHarness.Stage));
        await app.DrainAsync();

        Assert.Equal(3L, await app.ScalarAsync<long>($"select count(*) from item where type_id = 2 and responsible_id = {idle}"));
        Assert.Equal(3L, await app.ScalarAsync<long>($"select count(*) from item where type_id = 2 and responsible_id = {busy}"));
    }

    [Fact]
    public async Task Change_responsible_by_chance_takes_one_of_them_and_head_takes_the_head()
    {
        await using var app = await AppFixture.StartAsync();
        var (one, two, head) = (await app.AddPersonAsync("One"), await app.AddPersonAsync("Two"), await app.AddPersonAsync("Head"));
        await app.RunAsync("change_responsible", new { mode = "random", people = new[] { one, two } });
        Assert.Contains((await app.DealAsync()).ResponsibleId, (long[])[one, two]);
        await app.ExecuteAsync($"with d as (insert into department (name, head_id) values ('Sales', {head}) returning id) update person set department_id = d.id from d where person.id = {one}");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        await app.RunAsync("change_responsible", new { mode = "head", people = new[] { one } });

        Assert.Equal(head, (await app.DealAsync()).ResponsibleId);
        var none = await app.RunAsync("change_responsible", new { mode = "head", people = new[] { two } });
        Assert.Equal((RobotRunState.Incident, "supervisor.none"), (none.State, none.Code));
    }

    [Fact]
    public async Task Change_responsible_asks_a_person_when_everybody_is_away_unless_told_otherwise()
    {
        await using var app = await AppFixture.StartAsync();
        var away = await app.AddPersonAsync("Away");
        await SendAwayAsync(app, away);
        var nobody = await app.RunAsync("change_responsible", new { people = new[] { away } });
        var anyway = await app.RunAsync("change_responsible", new { people = new[] { away }, skipAbsent = "N" });

        Assert.Equal((RobotRunState.Incident, "person.inactive"), (nobody.State, nobody.Code));
        Assert.Equal(RobotRunState.Done, anyway.State);
    }

    private static async Task SendAwayAsync(AppFixture app, long person)
    {
        await app.ExecuteAsync($"update person set absent_from = '2020-01-01' where id = {person}");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
    }
}
