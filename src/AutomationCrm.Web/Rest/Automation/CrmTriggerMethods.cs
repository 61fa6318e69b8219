using System.Globalization;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>crm.automation.trigger and its sisters: the address of the webhook trigger, and triggers of applications (section 2.11 of the protocol).</summary>
internal static class CrmTriggerMethods
{
    private static readonly string[] NoFacts = ["target", "code", "auth", "sessid"];

    private static readonly RestShape Done = RestShape.Flag.Like(true);

    public static IEnumerable<RestMethod> All =>
    [
        new("crm.automation.trigger", "crm", RestRight.Member, RestStyle.Classic, [Need("target", RestShape.Text.Like("DEAL_5"), "The item, for example DEAL_57."), May("code", RestShape.Text.Like("nwly5"), "The code of the trigger.")], Done, CallAsync)
            { About = "Calls the webhook triggers of an item; true also when none matches. Other parameters become {=Template:Name}." },
        new("crm.automation.trigger.add", "crm", RestRight.Administrator, RestStyle.Classic, [Need("CODE", RestShape.Text.Like("my.app")), Need("NAME", RestShape.Text)], Done, AddAsync)
            { About = "Registers a trigger of an application; the same code renames it." },
        new("crm.automation.trigger.list", "crm", RestRight.Administrator, RestStyle.Classic, [], RestShape.ListOf(RestShape.Object(new RestParameter("NAME", RestShape.Text), new RestParameter("CODE", RestShape.Text))), ListAsync)
            { ReadOnly = true, About = "The triggers of applications." },
        new("crm.automation.trigger.delete", "crm", RestRight.Administrator, RestStyle.Classic, [May("CODE", RestShape.Text.Like("my.app"))], Done, DeleteAsync)
            { About = "Forgets a trigger of an application." },
        new("crm.automation.trigger.execute", "crm", RestRight.Member, RestStyle.Classic,
            [Need("CODE", RestShape.Text.Like("my.app")), Need("OWNER_TYPE_ID", RestShape.Whole.Like(2)), Need("OWNER_ID", RestShape.Whole.Like(5))], Done, ExecuteAsync)
            { About = "Executes a trigger of an application for an item; confirms the receipt, not the move." },
    ];

    private static async Task<RestResult> CallAsync(RestCall call, CancellationToken ct)
    {
        var target = call.Arguments.Text("target") is { Length: > 0 } text ? text : throw Refused("Target is not set.");
        var parameters = call.Arguments.All.Entries.Where(e => !NoFacts.Contains(e.Key, StringComparer.OrdinalIgnoreCase) && e.Value is { IsContainer: false, Text: not null })
            .GroupBy(e => e.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value.Text!, StringComparer.Ordinal);
        return await OnItemAsync(() => call.Get<ISender>().Send(new CallWebhookTrigger(Target(target, call.Get<IPortal>().Current), call.Arguments.Text("code") ?? "", parameters), ct), "Target is not found.");
    }

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        await call.Get<ISender>().Send(new SaveApplicationTrigger(call.Arguments.Text("CODE") ?? "", call.Arguments.Text("NAME") ?? ""), ct);
        return RestValue.True;
    }

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct) =>
        RestResult.Of(RestValue.List((await call.Get<ISender>().Send(new ListApplicationTriggers(), ct)).Select(t => RestValue.Map(("NAME", t.Name), ("CODE", t.Code)))));

    private static async Task<RestResult> DeleteAsync(RestCall call, CancellationToken ct)
    {
        var code = call.Arguments.Text("CODE") is { Length: > 0 } text ? text : throw Refused("Empty trigger code!");
        return await OnItemAsync(async () => (await call.Get<ISender>().Send(new DeleteApplicationTrigger(code), ct)) == Unit.Value, "Trigger not found");
    }

    private static async Task<RestResult> ExecuteAsync(RestCall call, CancellationToken ct)
    {
        var (code, type, id) = (call.Arguments.Text("CODE") ?? "", call.Arguments.Whole("OWNER_TYPE_ID"), call.Arguments.Whole("OWNER_ID"));
        if (type is not (> 0 and <= int.MaxValue) || call.Get<IPortal>().Current.Type((int)type) is null) throw Refused("Incorrect parameter OWNER_TYPE_ID.");
        if (id is not > 0) throw Refused("Incorrect parameter OWNER_ID.");
        return await OnItemAsync(() => call.Get<ISender>().Send(new ExecuteApplicationTrigger(code, new((int)type, id.Value)), ct), "Incorrect parameter OWNER_ID.");
    }

    // TYPENAME_ID; items of smart processes are DYNAMIC_147_1.
    private static ItemRef Target(string target, PortalSnapshot portal)
    {
        var split = target.LastIndexOf('_');
        if (split <= 0 || !long.TryParse(target.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0) throw Refused("Incorrect target format.");

        var name = target[..split];
        var type = portal.Types.FirstOrDefault(t => t.Code.Equals(name, StringComparison.OrdinalIgnoreCase) || $"DYNAMIC_{t.Id}".Equals(name, StringComparison.OrdinalIgnoreCase));
        return type is { } found ? new(found.Id, id) : throw Refused("Incorrect target format.");
    }

    private static async Task<RestResult> OnItemAsync(Func<Task<bool>> act, string missing)
    {
        try
        {
            await act();
            return RestValue.True;
        }
        catch (NotFoundException)
        {
            throw Refused(missing);
        }
        catch (RuleBrokenException broken) when (broken.Code == "trigger.unknown")
        {
            throw Refused(broken.Message);
        }
        catch (AccessDeniedException)
        {
            throw new RestException(RestErrors.AccessDenied);
        }
    }

    private static RestException Refused(string text) => new(new RestError(400, "", text));
}
