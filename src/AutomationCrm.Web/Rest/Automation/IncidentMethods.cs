using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.incident.*: what waits for a person, and his decision.</summary>
internal static class IncidentMethods
{
    private static readonly Dictionary<string, IncidentAction> Actions = new(StringComparer.Ordinal)
    {
        ["retry"] = IncidentAction.Retry,
        ["skip"] = IncidentAction.Skip,
        ["done"] = IncidentAction.MarkDone,
        ["acknowledge"] = IncidentAction.Acknowledge,
    };

    private static readonly RestShape Incident = RestShape.Object(
        new("id", RestShape.Id), new("entityTypeId", RestShape.Id.OrNull()), new("itemId", RestShape.Id.OrNull()), new("itemTitle", RestShape.Text.OrNull()),
        new("stageId", RestShape.Text.OrNull()), new("runId", RestShape.Id.OrNull()), new("robotRunId", RestShape.Id.OrNull()), new("robotName", RestShape.Text.OrNull()),
        new("code", RestShape.Text.Like("effect.unknown")), new("message", RestShape.Text), new("advice", RestShape.Text.Like("advice.unknown")),
        new("actions", RestShape.ListOf(RestShape.Text.Like("retry")), About: "What the caller may decide."), new("createdTime", RestShape.Instant));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.incident.list", "automation", RestRight.Member, RestStyle.Own, [],
            RestShape.Object(new RestParameter("incidents", RestShape.ListOf(Incident))), ListAsync)
            { ReadOnly = true, About = "Open incidents, newest first, at most 500; members see those of items they may read." },
        new("automation.incident.resolve", "automation", RestRight.Administrator, RestStyle.Own,
            [Need("id", RestShape.Id), Need("action", RestShape.Text.Like("retry"), "retry, skip, done, or acknowledge for what a limit stopped.")],
            RestShape.Flag.Like(true), ResolveAsync) { About = "Decides an open incident." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var attention = await call.Get<ISender>().Send(new GetAttention(), ct);
        return new RestResult(RestValue.Map(("incidents", RestValue.List(attention.Incidents.Select(i => Write(i, call.Format))))), Total: attention.Incidents.Count);
    }

    private static async Task<RestResult> ResolveAsync(RestCall call, CancellationToken ct)
    {
        if (!Actions.TryGetValue(call.Arguments.Text("action") ?? "", out var action))
            throw new RestException(new RestError(400, RestErrors.InvalidArgument, "Parameter 'action' must be retry, skip, done or acknowledge.", "action"));
        await call.Get<ISender>().Send(new ResolveIncident(call.Arguments.Id("id"), action), ct);
        return RestValue.True;
    }

    private static RestValue Write(IncidentLine line, RestFormat format) => RestValue.Map(
        ("id", line.Incident.Id),
        ("entityTypeId", Number(line.Incident.TypeId)),
        ("itemId", Number(line.Incident.ItemId)),
        ("itemTitle", line.ItemTitle),
        ("stageId", line.Stage?.Id),
        ("runId", Number(line.Incident.RunId)),
        ("robotRunId", Number(line.Incident.RobotRunId)),
        ("robotName", line.RobotName),
        ("code", line.Incident.Code),
        ("message", line.Incident.Message),
        ("advice", line.Advice),
        ("actions", RestValue.List(line.Actions.Select(a => RestValue.Of(Actions.First(known => known.Value == a).Key)))),
        ("createdTime", format.Instant(line.Incident.CreatedAt)));

    private static RestValue Number(long? id) => id is { } number ? RestValue.Of(number) : RestValue.Null;
}
