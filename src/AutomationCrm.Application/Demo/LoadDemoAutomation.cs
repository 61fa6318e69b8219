using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Demo;

/// <summary>Sets up the automation of key accounts as an administrator would: global value, chat, provider, script, stages.</summary>
/// <param name="SinkUrl">Where the demo's calls go: the app's own demo sink.</param>
public sealed record LoadDemoAutomation(long AdministratorId, string SinkUrl) : IRequest<Unit>;

internal sealed class LoadDemoAutomationHandler(ISender sender, Caller caller, IPortal portal) : IRequestHandler<LoadDemoAutomation, Unit>
{
    public async Task<Unit> Handle(LoadDemoAutomation request, CancellationToken cancellationToken)
    {
        var ct = cancellationToken;
        caller.Become(request.AdministratorId, isAdmin: true, Origin.Setup);
        await sender.Send(new AddGlobalValue(DemoKeyAccounts.Counter, "Orders this year", FieldKind.Integer) { Value = Value.Of(0m), Description = "Counted by a robot of the key accounts." }, ct);
        await sender.Send(new SaveChatWebhook(0, DemoKeyAccounts.Chat, ChatFormats.Slack, request.SinkUrl + "chat"), ct);
        await sender.Send(new SaveSmsProvider(0, SmsPresets.Of("json") with { Name = DemoKeyAccounts.Texting, Url = request.SinkUrl + "sms", Auth = "none" }, null), ct);
        var script = await sender.Send(new SaveScript(ItemTypeIds.Invoice, null, DemoKeyAccounts.HandOver, 0), ct);

        var people = (await portal.FreshAsync(ct)).People.Values.Where(p => p.IsDemo).OrderBy(p => p.Id).ToList();
        string Who(string position) => Text(people.First(p => p.Position == position).Id);
        var automation = new DemoKeyAccounts(
            Who("Head of sales"), Who("Managing director"), Who("Accountant"), [.. people.Where(p => p.Position == "Sales manager").Select(p => Text(p.Id))], Text(script));
        foreach (var (stage, config) in automation.Build()) await sender.Send(new SaveStageAutomation(ItemTypeIds.Deal, stage, config, null, "Demo"), ct);
        return Unit.Value;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
