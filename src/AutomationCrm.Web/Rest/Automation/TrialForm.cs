using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>A dry run on the wire: what it takes beside its beginning, and what it answers.</summary>
internal static class TrialForm
{
    private static readonly RestShape Act = RestShape.Object(
        new("kind", RestShape.Text.Like("changed"), About: "changed, moved, added, deleted, task, task.changed, comment, notification, note, file, delivery or stopped."),
        new("entityTypeId", RestShape.Id.OrNull()), new("itemId", RestShape.Id.OrNull()), new("text", RestShape.Text), new("to", RestShape.Text.OrNull()),
        new("changes", RestShape.ListOf(RestShape.Object(new("field", RestShape.Text), new("old", RestShape.Any.OrNull()), new("new", RestShape.Any.OrNull())))), new("request", RestShape.Any.OrNull(), About: "The prepared call."));

    public static RestShape Robot { get; } = RestShape.Object(new("robot", RunMethods.Robot), new("acts", RestShape.ListOf(Act)));

    private static readonly RestShape Asked = RestShape.Object(
        new("key", RestShape.Text), new("name", RestShape.Text), new("type", RestShape.Text), new("stageId", RestShape.Text),
        new("code", RestShape.Text.Like("applied"), About: "applied, started, or why not: trigger.disabled, trigger.elsewhere, trigger.backwards, trigger.settings, trigger.later, condition.false, condition.unknown."),
        new("message", RestShape.Text), new("condition", RestShape.Map.OrNull(), About: "With the values its rows saw."));

    public static RestShape Trial { get; } = RestShape.Object(
        new("version", RestShape.Whole.OrNull()), new("startedTime", RestShape.Instant), new("endedTime", RestShape.Instant), new("entry", RestShape.ListOf(Act)),
        new("runs", RestShape.ListOf(RestShape.Object(new("entityTypeId", RestShape.Id), new("itemId", RestShape.Id), new("itemTitle", RestShape.Text), new("stageId", RestShape.Text), new("state", RestShape.Text), new("message", RestShape.Text.OrNull()), new("robots", RestShape.ListOf(Robot))))),
        new("waiting", RestShape.ListOf(RestShape.Object(new("name", RestShape.Text), new("until", RestShape.Instant.OrNull())))), new("cutOff", RestShape.Text.OrNull()),
        new("triggers", RestShape.ListOf(Asked), About: "Every trigger that was asked on the way, with its answer."));

    private static readonly RestShape Answer = RestShape.Object(May("fails", RestShape.Flag), May("results", RestShape.Map.Like(RestValue.Map(("Status", 200)))), May("message", RestShape.Text));

    public static IReadOnlyList<RestParameter> Parameters { get; } =
    [
        May("travelDays", RestShape.Whole.Like(30), "How far time may be moved over waits."), May("answers", RestShape.MapOf(Answer), "What outside calls answer, by robot key."),
    ];

    public static TimeSpan Travel(RestCall call) => TimeSpan.FromDays(Math.Clamp(call.Arguments.Whole("travelDays") ?? 0, -1, 10_000));

    public static Dictionary<string, TrialAnswer> Answers(RestCall call) => call.Arguments.Map("answers").Entries.ToDictionary(a => a.Key, a => Read(a.Value));

    public static RestValue Write(StageTrial trial, RestFormat format) =>
        RestValue.Map(
            ("version", trial.Version is { } version ? RestValue.Of(version) : RestValue.Null), ("startedTime", format.Instant(trial.StartedAt)), ("endedTime", format.Instant(trial.EndedAt)),
            ("entry", RestValue.List(trial.Entry.Select(Write))),
            ("runs", RestValue.List(trial.Runs.Select(r => RestValue.Map(
                ("entityTypeId", r.Run.TypeId), ("itemId", r.Run.ItemId), ("itemTitle", r.ItemTitle), ("stageId", r.Run.StageId), ("state", r.Run.State.ToString()), ("message", r.Run.Message),
                ("robots", RestValue.List(r.Robots.Select(robot => Write(robot, format)))))))),
            ("waiting", RestValue.List(trial.Waiting.Select(w => RestValue.Map(("name", w.RobotName), ("until", RestTimes.Write(w.Until, format)))))), ("cutOff", trial.CutOff),
            ("triggers", RestValue.List(trial.Triggers.Select(t => RestValue.Map(("key", t.Key), ("name", t.Name), ("type", t.Type), ("stageId", t.StageId), ("code", t.Code), ("message", t.Message), ("condition", RestJson.Of(t.Condition)))))));

    public static RestValue Write(TrialRobot robot, RestFormat format) => RestValue.Map(("robot", RunMethods.Write(robot.View, format)), ("acts", RestValue.List(robot.Acts.Select(Write))));

    private static RestValue Write(TrialAct act) => RestValue.Map(
        ("kind", act.Kind), ("entityTypeId", act.Item is { } of ? RestValue.Of(of.TypeId) : RestValue.Null), ("itemId", act.Item is { } item ? RestValue.Of(item.Id) : RestValue.Null), ("text", act.Text), ("to", act.To),
        ("changes", RestValue.List(act.Changes.Select(c => RestValue.Map(("field", c.Field), ("old", RestJson.Of(c.Old)), ("new", RestJson.Of(c.New)))))), ("request", RestJson.Of(act.Request)));

    private static TrialAnswer Read(RestValue answer) => new(
        !(RestArguments.TryFlag(answer.Find("fails"), out var fails) && fails),
        answer.Find("results") is { IsContainer: true } results ? RestJson.ToJson(RestValue.Map(results.Entries.Select(e => (e.Key, e.Value)))).GetRawText() : null,
        answer.Find("message")?.Text);
}
