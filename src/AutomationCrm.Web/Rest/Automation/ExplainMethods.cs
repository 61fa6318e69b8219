using System.Globalization;
using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Explain;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.robot.explain and automation.stage.try: why, and what would happen.</summary>
internal static class ExplainMethods
{
    private static readonly RestShape Act = RestShape.Object(
        new("kind", RestShape.Text.Like("changed"), About: "changed, moved, added, deleted, task, task.changed, comment, notification, note, file, delivery or stopped."),
        new("entityTypeId", RestShape.Id.OrNull()), new("itemId", RestShape.Id.OrNull()), new("text", RestShape.Text), new("to", RestShape.Text.OrNull()),
        new("changes", RestShape.ListOf(RestShape.Object(new("field", RestShape.Text), new("old", RestShape.Any.OrNull()), new("new", RestShape.Any.OrNull())))), new("request", RestShape.Any.OrNull(), About: "The prepared call."));

    private static readonly RestShape TrialRobot = RestShape.Object(new("robot", RunMethods.Robot), new("acts", RestShape.ListOf(Act)));

    private static readonly RestShape Mark = RestShape.Object(new("version", RestShape.Whole), new("by", RestShape.Text), new("time", RestShape.Instant));

    private static readonly RestShape Explanation = RestShape.Object(
        new("state", RestShape.Text.Like("NotStarted"), About: "Done, Failed, Waiting, NotStarted, NeverReached, Limit or Stopped."),
        new("code", RestShape.Text.Like("condition.false")), new("message", RestShape.Text), new("name", RestShape.Text), new("type", RestShape.Text), new("runId", RestShape.Id.OrNull()),
        new("robot", RunMethods.Robot.OrNull(), About: "As recorded, with the values its condition saw."), new("currentVersion", RestShape.Whole.OrNull()), new("stillThere", RestShape.Flag), new("changedSince", RestShape.Flag),
        new("added", Mark.OrNull()), new("switchedOff", Mark.OrNull()), new("now", TrialRobot.OrNull()), new("nowProblem", RestShape.Text.OrNull()));

    private static readonly RestShape Trial = RestShape.Object(
        new("version", RestShape.Whole.OrNull()), new("startedTime", RestShape.Instant), new("endedTime", RestShape.Instant), new("entry", RestShape.ListOf(Act)),
        new("runs", RestShape.ListOf(RestShape.Object(new("entityTypeId", RestShape.Id), new("itemId", RestShape.Id), new("itemTitle", RestShape.Text), new("stageId", RestShape.Text), new("state", RestShape.Text), new("message", RestShape.Text.OrNull()), new("robots", RestShape.ListOf(TrialRobot))))),
        new("waiting", RestShape.ListOf(RestShape.Object(new("name", RestShape.Text), new("until", RestShape.Instant.OrNull())))), new("cutOff", RestShape.Text.OrNull()));

    private static readonly RestShape Answer = RestShape.Object(May("fails", RestShape.Flag), May("results", RestShape.Map.Like(RestValue.Map(("Status", 200)))), May("message", RestShape.Text));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.robot.explain", "automation", RestRight.Member, RestStyle.Own,
            [Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id), Need("stageId", RestShape.Text.Like("NEW")), Need("robotKey", RestShape.Text.Like("legal")), May("now", RestShape.Flag, "Whether to play the stage through as it would be now.")],
            Explanation, ExplainAsync) { ReadOnly = true, About = "Why a robot ran or did not run for an item." },
        new("automation.stage.try", "automation", RestRight.Administrator, RestStyle.Own,
            [
                Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id), Need("stageId", RestShape.Text.Like("NEW")),
                May("version", RestShape.Id, "Another version than the newest published one, a draft included."), May("robots", RestShape.ListOf(RobotForm.Shape), "Robots that are not saved."),
                May("fromStageId", RestShape.Text, "From where the item is taken to come."), May("travelDays", RestShape.Whole.Like(30), "How far time may be moved over waits."),
                May("answers", RestShape.MapOf(Answer), "What outside calls answer, by robot key."),
            ],
            Trial, TryAsync) { ReadOnly = true, About = "What the robots of a stage would do with an item. Nothing is changed and nothing is sent." },
    ];

    private static async Task<RestResult> ExplainAsync(RestCall call, CancellationToken ct)
    {
        var told = await call.Get<ISender>().Send(new ExplainRobot(Item(call), Text(call, "stageId"), Text(call, "robotKey"), call.Arguments.Flag("now") ?? false), ct);
        return RestValue.Map(
            ("state", told.State.ToString()), ("code", told.Code), ("message", told.Message), ("name", told.Name), ("type", told.Type),
            ("runId", told.Run is { } run ? RestValue.Of(run.Id) : RestValue.Null),
            ("robot", told.Robot is { } robot ? RunMethods.Write(robot, call.Format) : RestValue.Null),
            ("currentVersion", told.CurrentVersion is { } version ? RestValue.Of(version) : RestValue.Null), ("stillThere", told.StillThere), ("changedSince", told.ChangedSince),
            ("added", Write(told.Added, call.Format)), ("switchedOff", Write(told.SwitchedOff, call.Format)),
            ("now", told.Now is { } now ? Write(now, call.Format) : RestValue.Null), ("nowProblem", told.NowProblem));
    }

    private static async Task<RestResult> TryAsync(RestCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var trial = await call.Get<ISender>().Send(new TryStage(Item(call), Text(call, "stageId"))
        {
            Version = (int?)arguments.Whole("version"),
            Config = arguments.Has("robots") ? new StageAutomationConfig { Robots = [.. arguments.List("robots").Select((r, i) => RobotForm.Read(r, string.Create(CultureInfo.InvariantCulture, $"robots[{i}]")))] } : null,
            FromStageId = arguments.Text("fromStageId"),
            Travel = TimeSpan.FromDays(Math.Clamp(arguments.Whole("travelDays") ?? 0, -1, 10_000)),
            Answers = arguments.Map("answers").Entries.ToDictionary(a => a.Key, a => Read(a.Value)),
        }, ct);
        return RestValue.Map(
            ("version", trial.Version is { } version ? RestValue.Of(version) : RestValue.Null), ("startedTime", call.Format.Instant(trial.StartedAt)), ("endedTime", call.Format.Instant(trial.EndedAt)),
            ("entry", RestValue.List(trial.Entry.Select(Write))),
            ("runs", RestValue.List(trial.Runs.Select(r => RestValue.Map(
                ("entityTypeId", r.Run.TypeId), ("itemId", r.Run.ItemId), ("itemTitle", r.ItemTitle), ("stageId", r.Run.StageId), ("state", r.Run.State.ToString()), ("message", r.Run.Message),
                ("robots", RestValue.List(r.Robots.Select(robot => Write(robot, call.Format)))))))),
            ("waiting", RestValue.List(trial.Waiting.Select(w => RestValue.Map(("name", w.RobotName), ("until", RestTimes.Write(w.Until, call.Format)))))), ("cutOff", trial.CutOff));
    }

    private static TrialAnswer Read(RestValue answer) => new(
        !(RestArguments.TryFlag(answer.Find("fails"), out var fails) && fails),
        answer.Find("results") is { IsContainer: true } results ? RestJson.ToJson(RestValue.Map(results.Entries.Select(e => (e.Key, e.Value)))).GetRawText() : null,
        answer.Find("message")?.Text);

    private static RestValue Write(TrialRobot robot, RestFormat format) => RestValue.Map(("robot", RunMethods.Write(robot.View, format)), ("acts", RestValue.List(robot.Acts.Select(Write))));

    private static RestValue Write(TrialAct act) => RestValue.Map(
        ("kind", act.Kind), ("entityTypeId", act.Item is { } of ? RestValue.Of(of.TypeId) : RestValue.Null), ("itemId", act.Item is { } item ? RestValue.Of(item.Id) : RestValue.Null), ("text", act.Text), ("to", act.To),
        ("changes", RestValue.List(act.Changes.Select(c => RestValue.Map(("field", c.Field), ("old", RestJson.Of(c.Old)), ("new", RestJson.Of(c.New)))))), ("request", RestJson.Of(act.Request)));

    private static RestValue Write(ConfigMark? mark, RestFormat format) =>
        mark is null ? RestValue.Null : RestValue.Map(("version", mark.Version), ("by", mark.PersonName), ("time", format.Instant(mark.At)));

    private static ItemRef Item(RestCall call) => new((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue), call.Arguments.Id("itemId"));

    private static string Text(RestCall call, string name) => call.Arguments.Text(name) ?? "";
}
