using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.incident.bulk and automation.incident.progress: one decision about many incidents.</summary>
internal static class BulkMethods
{
    private static readonly Dictionary<string, IncidentAction> Actions = new(StringComparer.Ordinal)
    {
        ["retry"] = IncidentAction.Retry,
        ["skip"] = IncidentAction.Skip,
        ["done"] = IncidentAction.MarkDone,
        ["acknowledge"] = IncidentAction.Acknowledge,
    };

    private static readonly RestShape Group = RestShape.Object(
        Need("entityTypeId", RestShape.Id.Like(2)), Need("stageId", RestShape.Text.Like("NEW")), Need("robotKey", RestShape.Text.Like("legal")), Need("code", RestShape.Text.Like("effect.failed")));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.incident.bulk", "automation", RestRight.Administrator, RestStyle.Own,
            [
                Need("action", RestShape.Text.Like("retry"), "retry, skip, done or acknowledge."), May("ids", RestShape.ListOf(RestShape.Id), "At most 5000; or a group."),
                May("group", Group, "All open incidents of one robot with one reason."), May("latest", RestShape.Flag, "Whether a retry goes on by the newest version of the automation."),
            ],
            RestShape.Object(new RestParameter("id", RestShape.Id)), BulkAsync) { About = "Decides many incidents in the background." },
        new("automation.incident.progress", "automation", RestRight.Administrator, RestStyle.Own, [Need("id", RestShape.Id)],
            RestShape.Object(
                new("state", RestShape.Text.Like("Working"), About: "Working, Done or Cancelled."), new("total", RestShape.Whole), new("waiting", RestShape.Whole), new("decided", RestShape.Whole), new("refused", RestShape.Whole),
                new("refusals", RestShape.ListOf(RestShape.Object(new("code", RestShape.Text), new("message", RestShape.Text), new("count", RestShape.Whole)))),
                new("outcomes", RestShape.MapOf(RestShape.Whole), About: "What has become of the robots since.")),
            ProgressAsync) { ReadOnly = true, About = "How far a decision about many incidents is." },
    ];

    private static async Task<RestResult> BulkAsync(RestCall call, CancellationToken ct)
    {
        if (!Actions.TryGetValue(call.Arguments.Text("action") ?? "", out var action))
            throw new RestException(new RestError(400, RestErrors.InvalidArgument, "Parameter 'action' must be retry, skip, done or acknowledge.", "action"));

        var ids = call.Arguments.List("ids").Select(v => RestArguments.TryWhole(v, out var id) ? id : 0).ToList();
        var group = call.Arguments.Has("group") ? Read(call.Arguments.Map("group")) : null;
        var decision = await call.Get<ISender>().Send(new DecideInBulk(action) { Ids = ids, Group = group, Latest = call.Arguments.Flag("latest") ?? false }, ct);
        return RestValue.Map(("id", decision));
    }

    private static IncidentGroup Read(RestValue group) => new(
        RestArguments.TryWhole(group.Find("entityTypeId"), out var type) ? (int)Math.Min(type, int.MaxValue) : 0,
        group.Find("stageId")?.Text ?? "", group.Find("robotKey")?.Text ?? "", group.Find("code")?.Text ?? "");

    private static async Task<RestResult> ProgressAsync(RestCall call, CancellationToken ct)
    {
        var told = await call.Get<ISender>().Send(new GetBulkDecision(call.Arguments.Id("id")), ct);
        return RestValue.Map(
            ("state", told.Decision.State.ToString()), ("total", told.Decision.Total), ("waiting", told.Waiting), ("decided", told.Decided), ("refused", told.Refused),
            ("refusals", RestValue.List(told.Refusals.Select(r => RestValue.Map(("code", r.Code), ("message", r.Message), ("count", r.Count))))),
            ("outcomes", RestValue.Map(told.Outcomes.OrderBy(o => o.Key).Select(o => (o.Key.ToString(), RestValue.Of((long)o.Value))))));
    }
}
