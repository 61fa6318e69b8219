using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.run.*: what robots did for an item and, for those that did not run, why.</summary>
internal static class RunMethods
{
    internal static RestShape Robot { get; } = RestShape.Object(
        new("robotRunId", RestShape.Id.OrNull(), About: "Null for robots that were never reached."),
        new("key", RestShape.Text), new("type", RestShape.Text), new("name", RestShape.Text), new("track", RestShape.Whole), new("position", RestShape.Whole),
        new("state", RestShape.Text.Like("Done"), About: "Waiting, Sending, Done, Skipped, Retrying, Incident, Cancelled, Undone or NotReached."),
        new("code", RestShape.Text.OrNull(), About: "A stable reason, for example condition.false."),
        new("message", RestShape.Text.OrNull()), new("attempt", RestShape.Whole),
        new("dueTime", RestShape.Instant.OrNull()), new("startedTime", RestShape.Instant.OrNull()), new("finishedTime", RestShape.Instant.OrNull()), new("durationMs", RestShape.Number.OrNull()),
        new("rawSettings", RestShape.Any, About: "As configured."), new("settings", RestShape.Any.OrNull(), About: "With placeholders filled in."),
        new("condition", RestShape.Map.OrNull(), About: "As configured; once evaluated, rows with the values they saw (left, right) and a verdict (holds) for every row and group."), new("results", RestShape.Any.OrNull()), new("incidentId", RestShape.Id.OrNull()));

    private static readonly RestShape Run = RestShape.Object(
        new("id", RestShape.Id), new("entityTypeId", RestShape.Id), new("itemId", RestShape.Id), new("categoryId", RestShape.Whole), new("stageId", RestShape.Text),
        new("fromStageId", RestShape.Text.OrNull()), new("version", RestShape.Whole), new("state", RestShape.Text.Like("Done"), About: "Running, Done, Cancelled, Undone or Stopped."),
        new("message", RestShape.Text.OrNull()), new("cause", RestShape.Text.Like("rest"), About: "The door: page, rest, robot, import or setup."), new("causedBy", RestShape.Text.OrNull()),
        new("actorId", RestShape.Whole), new("jumpedOver", RestShape.Flag, About: "Whether the item only jumped over the stage."), new("chainId", RestShape.Text), new("depth", RestShape.Whole), new("startedTime", RestShape.Instant), new("finishedTime", RestShape.Instant.OrNull()),
        new("robots", RestShape.ListOf(Robot)));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.run.list", "automation", RestRight.Member, RestStyle.Own,
            [Need("filter", RestShape.Object(Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id)))],
            RestShape.Object(new RestParameter("runs", RestShape.ListOf(Run))),
            ListAsync) { ReadOnly = true, About = "The runs of an item, newest first, with every robot and its reason." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var filter = call.Arguments.Map("filter");
        var item = new ItemRef((int)Math.Min(Id(filter, "entityTypeId"), int.MaxValue), Id(filter, "itemId"));
        var automation = await call.Get<ISender>().Send(new GetItemAutomation(item), ct);
        var runs = automation.Stages.SelectMany(s => s.Runs).OrderByDescending(r => r.Run.Id).Select(r => Write(r, call.Format)).ToList();
        return new RestResult(RestValue.Map(("runs", RestValue.List(runs))), Total: runs.Count);
    }

    // The binder has checked that they are ids.
    private static long Id(RestValue filter, string name) => RestArguments.TryWhole(filter.Find(name), out var id) ? id : 0;

    internal static RestValue Write(RunView view, RestFormat format) => RestValue.Map(
        ("id", view.Run.Id),
        ("entityTypeId", view.Run.TypeId),
        ("itemId", view.Run.ItemId),
        ("categoryId", view.Run.PipelineId),
        ("stageId", view.Run.StageId),
        ("fromStageId", view.Run.FromStageId),
        ("version", view.Run.ConfigVersion),
        ("state", view.Run.State.ToString()),
        ("message", view.Run.Message),
        ("cause", view.Run.Cause),
        ("causedBy", view.CausedBy),
        ("actorId", view.Run.ActorId),
        ("jumpedOver", view.Run.JumpedOver),
        ("chainId", view.Run.ChainId.ToString()),
        ("depth", view.Run.Depth),
        ("startedTime", format.Instant(view.Run.StartedAt)),
        ("finishedTime", RestTimes.Write(view.Run.FinishedAt, format)),
        ("robots", RestValue.List(view.Robots.Select(r => Write(r, format)))));

    internal static RestValue Write(RobotView robot, RestFormat format) => RestValue.Map(
        ("robotRunId", robot.RobotRunId is { } id ? RestValue.Of(id) : RestValue.Null),
        ("key", robot.Key),
        ("type", robot.Type),
        ("name", robot.Name),
        ("track", robot.Track),
        ("position", robot.Position),
        ("state", robot.Progress.ToString()),
        ("code", robot.Code),
        ("message", robot.Message),
        ("attempt", robot.Attempt),
        ("dueTime", RestTimes.Write(robot.DueAt, format)),
        ("startedTime", RestTimes.Write(robot.StartedAt, format)),
        ("finishedTime", RestTimes.Write(robot.FinishedAt, format)),
        ("durationMs", robot.Duration is { } took ? RestValue.Of((decimal)took.TotalMilliseconds) : RestValue.Null),
        ("rawSettings", RestJson.Of(robot.RawSettings)),
        ("settings", RestJson.Of(robot.Settings)),
        ("condition", RestJson.Of(robot.ConditionJson)),
        ("results", RestJson.Of(robot.Results)),
        ("incidentId", robot.IncidentId is { } incident ? RestValue.Of(incident) : RestValue.Null));
}
