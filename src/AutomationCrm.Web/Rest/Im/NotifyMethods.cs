using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Im;

/// <summary>im.notify and its sisters: lines in people's bells (reference bitrix-rest 2.17).</summary>
internal static class NotifyMethods
{
    private static readonly RestParameter[] Parameters =
        [May("USER_ID", RestShape.Whole.Like(1)), May("MESSAGE", RestShape.Text.Like("The report is ready")), May("MESSAGE_OUT", RestShape.Text, "Accepted for compatibility, without effect."), May("TAG", RestShape.Text, "Accepted for compatibility, without effect.")];

    public static IEnumerable<RestMethod> All =>
    [
        Method("im.notify", [.. Parameters, May("TYPE", RestShape.Text.Like("USER"), "USER or SYSTEM; both show alike.")]),
        Method("im.notify.personal.add", Parameters),
        Method("im.notify.system.add", Parameters),
    ];

    private static RestMethod Method(string name, IReadOnlyList<RestParameter> parameters) =>
        new(name, "im", RestRight.Member, RestStyle.Classic, parameters, RestShape.Id, AddAsync) { About = "Puts a line into a person's bell and answers its id." };

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        if (call.Arguments.Whole("USER_ID") is not > 0) throw Refused("USER_ID_EMPTY", "User ID can't be empty", "USER_ID");
        if (call.Arguments.Find("ATTACH") is { IsEmpty: false }) throw Refused("ATTACH_ERROR", "Attachments are not supported", "ATTACH");
        if (call.Arguments.Text("MESSAGE") is not { Length: > 0 } text) throw Refused("MESSAGE_EMPTY", "Message can't be empty", "MESSAGE");
        return RestValue.Of(await call.Get<ISender>().Send(new AddNotification(call.Arguments.Id("USER_ID"), text), ct));
    }

    private static RestException Refused(string code, string text, string argument) => new(new RestError(400, code, text, argument));
}
