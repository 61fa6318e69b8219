using System.Text.Json;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Demo;

/// <summary>The pipeline of key accounts: what the sales pipeline leaves out, so that every robot type stands somewhere in the demo.</summary>
/// <param name="Head">Head of sales.</param>
/// <param name="Director">Managing director.</param>
/// <param name="Accountant">Accountant.</param>
/// <param name="Sellers">Sales managers.</param>
/// <param name="Script">The script of <see cref="HandOver"/>.</param>
internal sealed record DemoKeyAccounts(string Head, string Director, string Accountant, IReadOnlyList<string> Sellers, string Script)
{
    public const string Counter = "ordersThisYear";
    public const string Chat = "Sales room";
    public const string Texting = "Demo SMS";
    private const string Invoice = "31";

    /// <summary>Started by hand, or by a robot on linked items.</summary>
    public static ScriptConfig HandOver { get; } = new()
    {
        Name = "Note for accounting",
        Description = "Leaves a note on invoices that belong to a key account.",
        Parameters = [new("Note", "What accounting should know", FieldKind.LongText, Required: true)],
        Robots = [Robot("note", "add_comment", "Leave the note", new { text = "{=Template:Note}" })],
    };

    public IEnumerable<(string StageId, StageAutomationConfig Config)> Build()
    {
        yield return ("C1:NEW", First());
        yield return ("C1:PREPARATION", Offer());
        yield return ("C1:PREPAYMENT_INVOICE", Prepayment());
        yield return ("C1:EXECUTING", Work());
        yield return ("C1:FINAL_INVOICE", Last());
        yield return ("C1:WON", Won());
        yield return ("C1:LOSE", Lost());
    }

    private StageAutomationConfig First() => new()
    {
        Robots =
        [
            Robot("turn", "change_responsible", "In turn, whoever is there", new { people = Sellers, mode = "round_robin", skipAbsent = true }),
            Robot("watch", "add_observer", "The head of sales watches", new { people = new[] { Head } }) with { AfterPrevious = true },
            Robot("client", "get_client", "Look the company up", new { client = "company", fields = new[] { "TITLE", "INDUSTRY" } }),
            Robot("call", "plan_activity", "Call within a working day", new { kind = "call", title = "Introduce yourself to {=client:TITLE}", deadlineAfter = "P1D", workTime = true }) with { AfterPrevious = true },
            Robot("history", "add_history_entry", "Keep it in the history", new { subject = "A key account has come in", text = "{=client:TITLE}, {=client:INDUSTRY}" }) with { AfterPrevious = true },
        ],
    };

    private StageAutomationConfig Offer() => new()
    {
        Triggers = [Trigger("amount", "field_changed", "The amount was entered", new { fields = new[] { "OPPORTUNITY" } }, ("OPPORTUNITY", "gt", "0"))],
        Robots =
        [
            Robot("seller", "get_user", "Who sells", new { }),
            Robot("rate", "set_variable", "Discount in percent", new { variable = "discount", value = "5" }) with { AfterPrevious = true },
            Robot("price", "calculate", "Price after discount", new { formula = "={=Document:OPPORTUNITY}*(100-{=Variable:discount})/100" }) with { AfterPrevious = true },
            Robot("paper", "create_document", "Proposal on paper", new { template = "proposal", format = "pdf", link = true, linkDays = 30 }) with { AfterPrevious = true },
            Robot("mail", "send_email", "Proposal to the client", new
            {
                to = "client",
                subject = "Our proposal {=paper:Number}",
                text = "Please find our proposal attached, or read it here: {=paper:Url}\n\n{=seller:FullName}",
                attachments = "{=paper:FileId}",
                trackOpens = true,
            }) with { AfterPrevious = true },
            Robot("signed", "wait_for", "Until it is signed off, two weeks at most", new { what = "document_signed", document = "{=paper:DocumentId}", timeout = "P14D", onTimeout = "go_on" }) with { AfterPrevious = true },
            Robot("boss", "notify_supervisor", "Two weeks without an answer", new { text = "No answer to {=paper:Number} for {=Document:TITLE}." }) with
            {
                AfterPrevious = true,
                Condition = ConditionRows.All(("signed:TimedOut", "eq", "Y")),
            },
        ],
    };

    private StageAutomationConfig Prepayment() => new()
    {
        Triggers = [Trigger("signed", "document_signed", "The proposal was signed off", new { })],
        Robots =
        [
            Robot("invoice", "create_item", "Invoice of one half", new { itemType = Invoice, link = true, linkClient = true, fields = new Dictionary<string, string> { ["TITLE"] = "Prepayment: {=Document:TITLE}", ["OPPORTUNITY"] = "={=Document:OPPORTUNITY}/2", ["CURRENCY_ID"] = "{=Document:CURRENCY_ID}" } }),
            Robot("accounting", "run_script", "Tell accounting", new { script = Script, itemType = Invoice, link = "linked", parameters = new Dictionary<string, string> { ["Note"] = "Prepayment of {=Document:TITLE}" } }) with { AfterPrevious = true },
            Robot("text", "send_sms", "Text the client", new { to = "client", text = "The prepayment invoice for {=Document:TITLE} is on its way.", provider = Texting }),
            Robot("room", "send_chat_webhook", "Tell the sales room", new { chat = Chat, text = "{=Document:TITLE} is signed." }),
        ],
    };

    private StageAutomationConfig Work() => new()
    {
        Robots =
        [
            Robot("chat", "send_chat_message", "Say hello in the chat of the deal", new { text = "Work begins. Questions about the money: see the linked invoice.", mention = new[] { Head, Accountant } }),
            Robot("done", "complete_tasks", "Close what is left of the stage before", new { which = "stage", stage = "C1:PREPAYMENT_INVOICE" }),
            Robot("paid", "update_linked_items", "Note it on the invoices", new { itemType = Invoice, link = "linked", fields = new Dictionary<string, string> { ["COMMENTS"] = "Work has begun." } }),
        ],
    };

    private StageAutomationConfig Last() => new()
    {
        Robots =
        [
            Robot("code", "random_string", "Code for the handover", new { length = 8, alphabet = "clear" }),
            Robot("qr", "create_qr", "The code to scan", new { text = "{=code:Text}", title = "Handover of {=Document:TITLE}" }) with { AfterPrevious = true },
            Robot("watchers", "change_observers", "Now the director watches", new { action = "replace", people = new[] { Director } }),
            Robot("invoice", "get_item", "The newest invoice", new { itemType = Invoice, link = "linked", newest = true, fields = new[] { "TITLE", "OPPORTUNITY" } }),
        ],
    };

    private static StageAutomationConfig Won() => new()
    {
        Robots =
        [
            Robot("count", "set_global", "One order more", new { global = Counter, action = "add", value = "1" }),
            Robot("again", "copy_item", "The same again next year", new { title = "{=Document:TITLE}, next year", stage = "C1:NEW" }) with { Delay = new("P330D"), Survives = true },
        ],
    };

    private static StageAutomationConfig Lost() => new()
    {
        Robots =
        [
            Robot("back", "change_pipeline", "Another try as an ordinary deal", new { pipeline = "0", stage = "NEW" }) with { Delay = new("P180D") },
            Robot("clear", "delete_item", "Into the recycle bin after two years", new { }) with { Delay = new("P730D"), Enabled = false },
        ],
    };

    private static TriggerConfig Trigger(string key, string type, string name, object settings, params (string Field, string Op, string? Value)[] rows) => new()
    {
        Key = key,
        Type = type,
        Name = name,
        Settings = JsonSerializer.SerializeToElement(settings),
        Condition = rows.Length > 0 ? ConditionRows.All(rows) : null,
    };

    private static RobotConfig Robot(string key, string type, string name, object settings) =>
        new() { Key = key, Type = type, Name = name, Settings = JsonSerializer.SerializeToElement(settings) };
}
