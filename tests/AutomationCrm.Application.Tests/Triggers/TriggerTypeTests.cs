using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using static AutomationCrm.Application.Tests.Triggers.TriggerSteps;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>Each type once through the lanes.</summary>
public class TriggerTypeTests
{
    /// <summary>Types whose event is raised by others: the event suits the settings, and another one does not.</summary>
    public static TheoryData<string, string, string, string, string> Happenings => new()
    {
        { "mail_received", HappeningCodes.MailReceived, "Subject", "order", "Your ORDER 5" },
        { "link_followed", HappeningCodes.LinkFollowed, "Url", "https://shop.example/", "https://shop.example/offer" },
        { "document_created", HappeningCodes.DocumentCreated, "Template", "contract", "contract" },
        { "client_message", HappeningCodes.ClientMessage, "Text", "agree", "I agree." },
        { "form_submitted", HappeningCodes.FormSubmitted, "Form", "3", "3" },
        { "webhook", HappeningCodes.WebhookCalled, "Code", "abcde", "abcde" },
        { "application", HappeningCodes.ApplicationTrigger, "Code", "my.app", "my.app" },
        { "approval_decided", HappeningCodes.ApprovalDecided, "Decision", "approved", "approved" },
        { "mail_sent", HappeningCodes.MailSent, "", "", "x" },
        { "mail_opened", HappeningCodes.MailOpened, "", "", "x" },
        { "document_viewed", HappeningCodes.DocumentViewed, "", "", "x" },
        { "document_signed", HappeningCodes.DocumentSigned, "", "", "x" },
    };

    [Theory]
    [MemberData(nameof(Happenings))]
    public async Task A_happening_moves_the_item_when_it_suits_the_settings(string type, string code, string setting, string wanted, string given)
    {
        await using var app = await AppFixture.StartAsync(Raise.Add);
        var settings = setting.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { [setting.ToLowerInvariant()] = wanted };
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger(type, settings)] });
        var (suits, other) = (await app.AddDealAsync(), await app.AddDealAsync());
        var fact = setting switch { "Template" => "TemplateId", "Form" => "FormId", "" => "Subject", _ => setting };

        await app.SendAsync(new Raise(ItemRef.Deal(suits), code, fact, given));
        if (setting.Length > 0) await app.SendAsync(new Raise(ItemRef.Deal(other), code, fact, "something else"));
        await app.DrainAsync();

        Assert.Equal((Deals.First, "NEW"), (await app.StageAsync(suits), await app.StageAsync(other)));
    }

    [Fact]
    public async Task A_closed_task_moves_the_item()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("task_closed")], Robots = [Robot("add_comment", new { text = "{=Template:Title}" })] });
        var deal = await app.AddDealAsync();
        var task = await app.SendAsync(new AddTask("Call them") { Item = ItemRef.Deal(deal) });

        await app.SendAsync(new CloseTask(task));
        await app.DrainAsync();

        Assert.Equal(["Call them"], await app.CommentsAsync());
    }

    [Fact]
    public async Task All_linked_invoices_closed_moves_their_deal()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "WON", new StageAutomationConfig { Triggers = [Trigger("all_linked_items_closed", new { what = "SMART_INVOICE" })] });
        var deal = await app.AddDealAsync();
        var invoices = new List<ItemRef>();
        for (var i = 0; i < 2; i++)
            invoices.Add(new(ItemTypeIds.Invoice, await app.SendAsync(new AddItem(ItemTypeIds.Invoice, new Dictionary<string, Value> { ["PARENT_ID_2"] = new ItemValue(ItemTypeIds.Deal, deal) }))));

        await app.SendAsync(new MoveItem(invoices[0], "DT31_1:P"));
        await app.DrainAsync();
        Assert.Equal("NEW", await app.StageAsync(deal));

        await app.SendAsync(new MoveItem(invoices[1], "DT31_1:P"));
        await app.DrainAsync();
        Assert.Equal("WON", await app.StageAsync(deal));
    }

    [Fact]
    public async Task The_last_closed_task_moves_the_item()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("all_linked_items_closed", new { what = "TASK" })] });
        var deal = await app.AddDealAsync();
        var tasks = new[] { await app.SendAsync(new AddTask("a") { Item = ItemRef.Deal(deal) }), await app.SendAsync(new AddTask("b") { Item = ItemRef.Deal(deal) }) };

        await app.SendAsync(new CloseTask(tasks[0]));
        await app.DrainAsync();
        Assert.Equal("NEW", await app.StageAsync(deal));

        await app.SendAsync(new CloseTask(tasks[1]));
        await app.DrainAsync();
        Assert.Equal(Deals.First, await app.StageAsync(deal));
    }

    [Fact]
    public async Task A_clients_event_is_passed_on_to_its_newest_open_deal_and_says_so()
    {
        await using var app = await AppFixture.StartAsync(Raise.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("mail_received")] });
        var contact = new ItemRef(ItemTypeIds.Contact, await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Cleo") })));
        var deals = new List<long>();
        for (var i = 0; i < 3; i++)
            deals.Add(await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Deal"), [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact.Id) })));
        await app.MoveAsync(deals[2], "WON");

        await app.SendAsync(new Raise(contact, HappeningCodes.MailReceived, "Subject", "hello"));
        await app.DrainAsync();

        Assert.Equal(["NEW", Deals.First, "WON"], [await app.StageAsync(deals[0]), await app.StageAsync(deals[1]), await app.StageAsync(deals[2])]);
        Assert.Equal(contact.Id, await app.ScalarAsync<long>("select client_id from trigger_record"));
    }

    [Fact]
    public async Task Parameters_of_a_webhook_reach_the_robots_of_the_stage()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("webhook", new { code = "abcde" })], Robots = [Robot("add_comment", new { text = "Paid {=Template:sum}" })] });
        var deal = await app.AddDealAsync();

        await app.SendAsync(new CallWebhookTrigger(ItemRef.Deal(deal), "abcde", new Dictionary<string, string> { ["sum"] = "99" }));
        await app.DrainAsync();

        Assert.Equal(["Paid 99"], await app.CommentsAsync());
    }

    [Fact]
    public async Task Without_a_trigger_its_facts_are_empty()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("webhook")], Robots = [Robot("add_comment", new { text = "[{=Template:sum}]" })] });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();

        Assert.Equal(["[]"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_trigger_without_a_move_starts_its_robots_beside_those_of_the_stage()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig
        {
            Triggers = [Trigger("field_changed", new { fields = "COMMENTS" }, "noted") with { Move = false }],
            Robots = [Robot("add_comment", new { text = "entered" }, "a") with { Delay = new() { After = "PT1H" } }, Robot("add_comment", new { text = "noted" }, "b") with { StartedBy = "noted" }],
        });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("x"));
        await app.DrainAsync();
        Assert.Equal(["noted"], await app.CommentsAsync());

        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();
        Assert.Equal(["noted", "entered"], await app.CommentsAsync());
        Assert.All(await app.RunsAsync(), r => Assert.Equal((RunState.Done, 0), (r.State, r.OpenTracks)));
    }
}
