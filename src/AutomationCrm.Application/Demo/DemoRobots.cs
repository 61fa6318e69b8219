using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Demo;

/// <summary>The robots of the demo's sales pipeline, the plain ones; the others stand with the <see cref="DemoKeyAccounts">key accounts</see>.</summary>
internal static class DemoRobots
{
    public static IEnumerable<(string StageId, StageAutomationConfig Config)> Build(IReadOnlyDictionary<string, long> people, string sinkUrl)
    {
        var (lawyer, head) = (Text(people["lawyer"]), Text(people["head"]));
        yield return ("PREPARATION", new()
        {
            Robots =
            [
                Robot("note", "change_fields", "Note the next step", new { fields = new { ADDITIONAL_INFO = "Contract in preparation: {=Document:TITLE}" } }),
                Robot("legal", "create_task", "Task for legal", new { title = "Check the contract for {=Document:TITLE}", description = "Amount: {=Document:OPPORTUNITY} {=Document:CURRENCY_ID}", responsible = new[] { lawyer }, deadlineAfter = "P2D" }),
                Robot("comment", "add_comment", "Comment for the team", new { text = "Legal was asked to check the contract (task {=legal:TaskId})." }) with { AfterPrevious = true },
                Robot("big", "notify_user", "Tell the head of sales about big deals", new { people = new[] { head }, text = "Big deal in preparation: {=Document:TITLE}" })
                    with { Condition = ConditionRows.All(("OPPORTUNITY", "gt", "50000")) },
                Robot("erp", "call_webhook", "Tell the ERP system", new { method = "POST", url = sinkUrl + "erp", body = "{\"deal\":{=Document:ID},\"stage\":\"PREPARATION\"}", contentType = "application/json" }),
            ],
        });
        yield return ("PREPAYMENT_INVOICE", new()
        {
            Robots =
            [
                Robot("accounting", "create_task", "Invoice from accounting", new { title = "Send the prepayment invoice for {=Document:TITLE}", responsible = new[] { Text(people["accountant"]) }, deadlineAfter = "P1D" }),
                Robot("pause", "wait", "Wait three days", new { duration = "P3D" }),
                Robot("remind", "notify_user", "Remind the seller", new { text = "Is the prepayment for {=Document:TITLE} there?" }) with { AfterPrevious = true },
            ],
        });
        yield return ("EXECUTING", new()
        {
            Robots =
            [
                Robot("hello", "add_comment", "Kick-off note", new { text = "Work on {=Document:TITLE} has begun." }),
                Robot("big", "change_responsible", "Big projects go to the head of sales", new { people = new[] { head } }) with { Condition = ConditionRows.All(("OPPORTUNITY", "gt", "80000")) },
                Robot("late", "notify_user", "Ask after two weeks", new { text = "How is {=Document:TITLE} going?" }) with { Delay = new("P14D") },
            ],
        });
        yield return ("FINAL_INVOICE", new()
        {
            Robots =
            [
                Robot("free", "change_stage", "Free of charge: won at once", new { stage = "WON" }) with { Condition = ConditionRows.All(("OPPORTUNITY", "eq", "0")) },
                Robot("billing", "call_webhook", "Tell the billing system", new { method = "POST", url = sinkUrl + "billing", body = "{\"deal\":{=Document:ID},\"amount\":{=Document:OPPORTUNITY}}", contentType = "application/json" }),
            ],
        });
        yield return ("WON", new()
        {
            Robots =
            [
                Robot("party", "notify_user", "Congratulate", new { text = "{=Document:TITLE} is won." }),
                Robot("followup", "create_task", "Ask for a reference", new { title = "Ask for a reference: {=Document:TITLE}", deadlineAfter = "P30D" }) with { Delay = new("P7D") },
            ],
        });
    }

    private static RobotConfig Robot(string key, string type, string name, object settings) =>
        new() { Key = key, Type = type, Name = name, Settings = JsonSerializer.SerializeToElement(settings) };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
