using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.pause.*: robots of a stage or of a whole pipeline that wait because somebody says so, for administrators.</summary>
internal static class PauseMethods
{
    private const int Shown = 50;

    private static readonly RestParameter[] Place = [Need("entityTypeId", RestShape.Id.Like(2)), Need("categoryId", RestShape.Whole.Like(0))];

    private static readonly RestShape Pause = RestShape.Object(
        new("id", RestShape.Id), new("entityTypeId", RestShape.Id), new("categoryId", RestShape.Whole), new("stageId", RestShape.Text.OrNull(), About: "Null: the whole pipeline."),
        new("lasts", RestShape.Flag), new("held", RestShape.Whole, About: "Steps that wait for its end, or, once it is over, for their turn."),
        new("pausedBy", RestShape.Id), new("pausedTime", RestShape.Instant), new("resumedBy", RestShape.Id.OrNull()), new("resumedTime", RestShape.Instant.OrNull()));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.pause.list", "automation", RestRight.Administrator, RestStyle.Own, [.. Place, May("limit", RestShape.Whole.Like(Shown), $"At most {ListPauses.Most}.")],
            RestShape.Object(new RestParameter("pauses", RestShape.ListOf(Pause))), ListAsync) { ReadOnly = true, About = "The pauses of a pipeline: those that last, then the newest that are over." },
        new("automation.pause.set", "automation", RestRight.Administrator, RestStyle.Own, [.. Place, May("stageId", RestShape.Text.Like("PREPARATION"), "Without it the whole pipeline is paused.")],
            RestShape.Object(new RestParameter("id", RestShape.Id)), SetAsync) { About = "Has the robots of a stage or pipeline wait: runs are planned, no further robot begins." },
        new("automation.pause.resume", "automation", RestRight.Administrator, RestStyle.Own, [Need("id", RestShape.Id, "The pause.")], RestShape.Flag.Like(true), ResumeAsync)
            { About = "Ends a pause; what waited goes on, a few steps a second." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var pipeline = await PipelineAsync(call, ct);
        var limit = (int)Math.Clamp(call.Arguments.Whole("limit") ?? Shown, int.MinValue, int.MaxValue);
        var pauses = await call.Get<ISender>().Send(new ListPauses(pipeline.TypeId, pipeline.Id) { Take = limit }, ct);
        return RestValue.Map(("pauses", RestValue.List(pauses.Select(p => Write(p, call.Format)))));
    }

    private static async Task<RestResult> SetAsync(RestCall call, CancellationToken ct)
    {
        var pipeline = await PipelineAsync(call, ct);
        // A stage that a program could not fill in must not pause the whole pipeline.
        if (call.Arguments.All.Find("stageId") is not null && !call.Arguments.Has("stageId")) throw Refused("Parameter 'stageId' must name a stage; leave it out for the whole pipeline.", "stageId");
        return RestValue.Map(("id", await call.Get<ISender>().Send(new PauseAutomation(pipeline.TypeId, pipeline.Id, call.Arguments.Text("stageId")), ct)));
    }

    private static async Task<RestResult> ResumeAsync(RestCall call, CancellationToken ct)
    {
        await call.Get<ISender>().Send(new ResumeAutomation(call.Arguments.Id("id")), ct);
        return RestValue.True;
    }

    private static async Task<Pipeline> PipelineAsync(RestCall call, CancellationToken ct)
    {
        var portal = await call.Get<IPortal>().FreshAsync(ct);
        var (type, category) = (call.Arguments.Id("entityTypeId"), call.Arguments.Whole("categoryId"));
        if (type > int.MaxValue || portal.Type((int)type) is not { HasStages: true }) throw Refused($"There is no item type {type} with stages.", "entityTypeId");
        return category is >= 0 and <= int.MaxValue && portal.Pipeline((int)type, (int)category) is { } found ? found : throw Refused($"There is no category {category}.", "categoryId");
    }

    private static RestValue Write(PauseView view, RestFormat format) => RestValue.Map(
        ("id", view.Pause.Id),
        ("entityTypeId", view.Pause.TypeId),
        ("categoryId", view.Pause.PipelineId),
        ("stageId", view.Pause.StageId),
        ("lasts", view.Lasts),
        ("held", view.Held),
        ("pausedBy", view.Pause.PausedBy),
        ("pausedTime", format.Instant(view.Pause.PausedAt)),
        ("resumedBy", view.Pause.ResumedBy is { } by ? RestValue.Of(by) : RestValue.Null),
        ("resumedTime", RestTimes.Write(view.Pause.ResumedAt, format)));

    private static RestException Refused(string text, string argument) => new(new RestError(400, RestErrors.InvalidArgument, text, argument));
}
