using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;

namespace AutomationCrm.Robots.Tests;

internal static class MailHarness
{
    /// <summary>Runs the robot on a new deal of a contact with two addresses at a company with one.</summary>
    public static async Task<RobotRun> MailAsync(this AppFixture app, object settings, string title = "Chairs", string robot = "send_email")
    {
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Firm"), [FieldCodes.Email] = Points(("WORK", "office@firm.example")), [FieldCodes.Phone] = Points(("WORK", "+49 30 555-01")) }));
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Anna"), [FieldCodes.Email] = Points(("WORK", "anna@work.example"), ("HOME", "anna@home.example")), [FieldCodes.Phone] = Points(("WORK", "+49 (170) 555-02")) }));
        await app.PublishAsync(ItemTypeIds.Deal, RobotHarness.Stage, TestPortal.Robot(robot, settings) with { OnError = RobotHarness.LongPause });
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value>
        {
            [FieldCodes.Title] = Value.Of(title),
            [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company),
            [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact),
            [FieldCodes.Responsible] = new UserValue(app.Admin),
        }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), RobotHarness.Stage));
        await app.DrainAsync();
        return await app.LastAsync();
    }

    public static Value Points(params ReadOnlySpan<(string Type, string Text)> points)
    {
        var list = new List<Value>();
        foreach (var (type, text) in points) list.Add(new ContactPointValue(0, type, text));
        return Value.Of(list);
    }
}
