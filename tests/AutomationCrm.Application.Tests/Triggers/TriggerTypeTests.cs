using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
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
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

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
    public async Task An_overdue_task_is_told_exactly_once_per_deadline()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", new StageAutomationConfig
        {
            Triggers = [Trigger("task_overdue", key: "late") with { Move = false }],
            Robots = [Robot("add_comment", new { text = "{=Template:Title} is late" }) with { StartedBy = "late" }],
        });
        var deal = await app.AddDealAsync();
        var task = await app.SendAsync(new AddTask("Call") { Item = ItemRef.Deal(deal), Deadline = TimeProvider.System.GetUtcNow() + Day });
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer"));
        await app.DrainAsync();
        Assert.Empty(await app.CommentsAsync());

        await app.TravelAsync(Day);
        await app.DrainAsync();
        // Whoever edits an overdue task does not make it overdue once more.
        var stored = await app.ReadAsync(db => Task.FromResult(db.Tasks.Single()));
        await app.SendAsync(new UpdateTask(task, "Call them", "", stored.ResponsibleId, stored.Deadline));
        await app.TravelAsync(Day);
        await app.DrainAsync();
        Assert.Equal(["Call is late"], await app.CommentsAsync());

        await app.SendAsync(new UpdateTask(task, "Call them", "", stored.ResponsibleId, stored.Deadline + Day));
        await app.TravelAsync(3 * Day);
        await app.DrainAsync();
        Assert.Equal(["Call is late", "Call them is late"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_closed_task_is_not_overdue()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("task_overdue")] });
        var deal = await app.AddDealAsync();
        var task = await app.SendAsync(new AddTask("Call") { Item = ItemRef.Deal(deal), Deadline = TimeProvider.System.GetUtcNow() + Day });
        await app.SendAsync(new CloseTask(task));

        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task A_date_moves_the_item_when_it_comes_and_the_timer_follows_the_date()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("date_reached", new { field = "CLOSEDATE", offset = "-P1D", time = "09:00" })] });
        var deal = await app.AddDealAsync();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(10);
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(day));
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(day.AddDays(10)));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer"));
        Assert.Equal(day.AddDays(9).ToDateTime(new(9, 0)), await app.ScalarAsync<DateTime>("select due_at from timer"));

        await app.TravelAsync(20 * Day);
        await app.DrainAsync();

        Assert.Equal(Deals.First, await app.StageAsync(deal));
    }

    [Fact]
    public async Task A_date_that_is_taken_away_moves_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("date_reached", new { field = "CLOSEDATE" })] });
        var deal = await app.AddDealAsync();
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(new DateOnly(2100, 1, 1)));
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Null);

        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task An_idle_item_moves_and_activity_moves_the_moment_without_a_write_of_its_own()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "LOSE", new StageAutomationConfig { Triggers = [Trigger("idle", new { days = 7 })] });
        var deal = await app.AddDealAsync();
        var due = await app.ScalarAsync<DateTime>("select due_at from timer");

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("we talked"));
        Assert.Equal(due, await app.ScalarAsync<DateTime>("select due_at from timer"));
        await app.TravelAsync(7 * Day);
        await app.DrainAsync();
        Assert.Equal("NEW", await app.StageAsync(deal));
        Assert.True(await app.ScalarAsync<DateTime>("select due_at from timer") > due);

        await app.TravelAsync(8 * Day);
        await app.DrainAsync();
        Assert.Equal("LOSE", await app.StageAsync(deal));
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

/// <summary>Raises a happening with one fact, as the command of a colleague would.</summary>
internal sealed record Raise(ItemRef Item, string Code, string Fact, string Text) : ICommand<bool>
{
    public static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => ApplicationServices.AddHandlers(services, typeof(Raise).Assembly);
}

internal sealed class RaiseHandler(IUnitOfWork work, IAccess access) : IRequestHandler<Raise, bool>
{
    public async Task<bool> Handle(Raise request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        work.Raise(Happening.Of(item.Ref, request.Code, (request.Fact, Value.Of(request.Text))));
        return true;
    }
}
