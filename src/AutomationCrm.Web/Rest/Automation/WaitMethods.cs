using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.wait.*: what waits on an item, let on, postponed or cancelled by whoever may change the item.</summary>
internal static class WaitMethods
{
    private static readonly RestShape Wait = RestShape.Object(
        new("robotRunId", RestShape.Id), new("runId", RestShape.Id), new("stageId", RestShape.Text), new("key", RestShape.Text), new("type", RestShape.Text), new("name", RestShape.Text),
        new("code", RestShape.Text.OrNull(), About: "delay, wait, or what it waits for, such as wait.task; of a failed robot that is tried again, the failure."),
        new("message", RestShape.Text.OrNull()), new("dueTime", RestShape.Instant.OrNull(), About: "Null when it waits for something to happen, however long."));

    private static readonly RestParameter RobotRun = Need("robotRunId", RestShape.Id);

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.wait.list", "automation", RestRight.Member, RestStyle.Own, [Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id)],
            RestShape.Object(new RestParameter("waits", RestShape.ListOf(Wait))), ListAsync) { ReadOnly = true, About = "What waits on an item and until when." },
        new("automation.wait.run", "automation", RestRight.Member, RestStyle.Own, [RobotRun], RestShape.Flag.Like(true), RunAsync) { About = "Lets a waiting robot go on now." },
        new("automation.wait.postpone", "automation", RestRight.Member, RestStyle.Own, [RobotRun, Need("until", RestShape.Instant)], RestShape.Flag.Like(true), PostponeAsync)
            { About = "Lets a robot wait until another moment." },
        new("automation.wait.cancel", "automation", RestRight.Member, RestStyle.Own, [RobotRun], RestShape.Flag.Like(true), CancelAsync)
            { About = "Cancels a waiting robot; those after it in its track do not run either." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var item = new ItemRef((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue), call.Arguments.Id("itemId"));
        var automation = await call.Get<ISender>().Send(new GetItemAutomation(item), ct);
        var waits = automation.Stages.SelectMany(s => s.Runs).SelectMany(r => r.Robots.Where(Waits).Select(robot => RestValue.Map(
            ("robotRunId", robot.RobotRunId!.Value),
            ("runId", r.Run.Id),
            ("stageId", r.Run.StageId),
            ("key", robot.Key),
            ("type", robot.Type),
            ("name", robot.Name),
            ("code", robot.Code),
            ("message", robot.Message),
            ("dueTime", RestTimes.Write(robot.DueAt, call.Format))))).ToList();
        return new RestResult(RestValue.Map(("waits", RestValue.List(waits))), Total: waits.Count);
    }

    private static async Task<RestResult> RunAsync(RestCall call, CancellationToken ct)
    {
        await call.Get<ISender>().Send(new RunWaitNow(call.Arguments.Id("robotRunId")), ct);
        return RestValue.True;
    }

    private static async Task<RestResult> PostponeAsync(RestCall call, CancellationToken ct)
    {
        if (RestTimes.Read(call.Arguments.Find("until"), call.Format) is not { } until)
            throw new RestException(new RestError(400, RestErrors.InvalidArgument, "Parameter 'until' must be a moment such as 2026-03-31T09:00:00+00:00.", "until"));
        await call.Get<ISender>().Send(new PostponeWait(call.Arguments.Id("robotRunId"), until), ct);
        return RestValue.True;
    }

    private static async Task<RestResult> CancelAsync(RestCall call, CancellationToken ct)
    {
        await call.Get<ISender>().Send(new CancelWait(call.Arguments.Id("robotRunId")), ct);
        return RestValue.True;
    }

    private static bool Waits(RobotView robot) => robot is { RobotRunId: not null, Progress: RobotProgress.Waiting or RobotProgress.Retrying };
}
