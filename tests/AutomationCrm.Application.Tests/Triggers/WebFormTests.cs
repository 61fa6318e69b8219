using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Application.Tests.Triggers.TriggerSteps;

namespace AutomationCrm.Application.Tests.Triggers;

public class WebFormTests
{
    private static readonly Dictionary<string, string> Filled = new() { [FieldCodes.Title] = "A roof", [ClientFields.Name] = "Cleo", [ClientFields.Email] = "cleo@client.example" };

    [Fact]
    public async Task A_submitted_form_makes_the_item_finds_its_client_again_and_wakes_the_trigger()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var app = await AppFixture.StartAsync(s => s.AddSingleton<TimeProvider>(clock));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("form_submitted")] });
        var token = await MakeAsync(app);

        var stamp = (await app.SendAsync(new OpenWebForm(token))).Stamp;
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("Thanks", await app.SendAsync(Submit(token, stamp)));
        await app.SendAsync(Submit(token, stamp));
        await app.DrainAsync();

        var ids = await app.ReadAsync(db => Task.FromResult(db.TriggerRecords.Select(r => r.ItemId).Order().ToList()));
        var item = (await app.FindItemAsync(ItemRef.Deal(ids[0])))!;
        Assert.Equal(("A roof", Deals.First, app.Admin), (item.Title, item.StageId, item.ResponsibleId));
        var client = Assert.IsType<ItemValue>(item[FieldCodes.Contact]);
        Assert.Equal(client, (await app.FindItemAsync(ItemRef.Deal(ids[1])))![FieldCodes.Contact]);
    }

    [Fact]
    public async Task What_a_machine_sends_makes_nothing()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var app = await AppFixture.StartAsync(s => s.AddSingleton<TimeProvider>(clock));
        var token = await MakeAsync(app);
        var stamp = (await app.SendAsync(new OpenWebForm(token))).Stamp;

        Assert.Equal("form.fast", (await RefusedAsync(app, Submit(token, stamp))).Code);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("Thanks", await app.SendAsync(Submit(token, stamp) with { Trap = "http://spam.example" }));
        Assert.Equal("form.stamp", (await RefusedAsync(app, Submit(token, "1." + stamp.Split('.')[1]))).Code);
        Assert.Equal("form.consent", (await RefusedAsync(app, Submit(token, stamp) with { Consents = false })).Code);
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("form.old", (await RefusedAsync(app, Submit(token, stamp))).Code);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from item"));
    }

    [Fact]
    public async Task One_address_may_not_send_forms_without_end()
    {
        await using var app = await AppFixture.StartAsync();
        var token = await MakeAsync(app);
        for (var i = 0; i < 10; i++) await app.SendAsync(Submit(token, "x") with { Trap = "y" });

        Assert.Equal("form.often", (await RefusedAsync(app, Submit(token, "x"))).Code);
    }

    [Fact]
    public async Task A_client_writes_about_an_item_by_its_link_alone()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var app = await AppFixture.StartAsync(s => s.AddSingleton<TimeProvider>(clock));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("client_message", new { text = "agree" })] });
        var deal = await app.AddDealAsync();
        var token = await app.SendAsync(new GetClientLink(ItemRef.Deal(deal)));
        Assert.Equal(token, await app.SendAsync(new GetClientLink(ItemRef.Deal(deal))));

        var page = await app.SendAsync(new OpenClientPage(token));
        clock.Advance(TimeSpan.FromSeconds(5));
        await app.SendAsync(new SendClientMessage(token, "I agree", page.Stamp, "203.0.113.1"));
        await app.DrainAsync();

        Assert.Equal(Deals.First, await app.StageAsync(deal));
    }

    private static SubmitWebForm Submit(string token, string stamp) => new(token, Filled, stamp, "203.0.113.1") { Consents = true };

    private static Task<RuleBrokenException> RefusedAsync(AppFixture app, SubmitWebForm submit) => Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(submit));

    private static async Task<string> MakeAsync(AppFixture app)
    {
        await app.SendAsync(new SaveWebForm(0, ItemTypeIds.Deal, "Ask us", [FieldCodes.Title, ClientFields.Name, ClientFields.Email]) { Consent = "I consent", Thanks = "Thanks" });
        return (await app.SendAsync(new ListWebForms()))[0].Token;
    }
}
