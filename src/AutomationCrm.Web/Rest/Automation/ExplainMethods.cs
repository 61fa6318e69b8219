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
    private static readonly RestShape Mark = RestShape.Object(new("version", RestShape.Whole), new("by", RestShape.Text), new("time", RestShape.Instant));

    private static readonly RestShape Explanation = RestShape.Object(
        new("state", RestShape.Text.Like("NotStarted"), About: "Done, Failed, Waiting, NotStarted, NeverReached, Limit or Stopped."),
        new("code", RestShape.Text.Like("condition.false")), new("message", RestShape.Text), new("name", RestShape.Text), new("type", RestShape.Text), new("runId", RestShape.Id.OrNull()),
        new("robot", RunMethods.Robot.OrNull(), About: "As recorded, with the values its condition saw."), new("currentVersion", RestShape.Whole.OrNull()), new("stillThere", RestShape.Flag), new("changedSince", RestShape.Flag),
        new("added", Mark.OrNull()), new("switchedOff", Mark.OrNull()), new("now", TrialForm.Robot.OrNull()), new("nowProblem", RestShape.Text.OrNull()));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.robot.explain", "automation", RestRight.Member, RestStyle.Own,
            [Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id), Need("stageId", RestShape.Text.Like("NEW")), Need("robotKey", RestShape.Text.Like("legal")), May("now", RestShape.Flag, "Whether to play the stage through as it would be now.")],
            Explanation, ExplainAsync) { ReadOnly = true, About = "Why a robot ran or did not run for an item." },
        new("automation.stage.try", "automation", RestRight.Administrator, RestStyle.Own,
            [
                Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id), Need("stageId", RestShape.Text.Like("NEW")),
                May("version", RestShape.Id, "Another version than the newest published one, a draft included."), May("robots", RestShape.ListOf(RobotForm.Shape), "Robots that are not saved."),
                May("fromStageId", RestShape.Text, "From where the item is taken to come."), .. TrialForm.Parameters,
            ],
            TrialForm.Trial, TryAsync) { ReadOnly = true, About = "What the robots of a stage would do with an item. Nothing is changed and nothing is sent." },
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
            ("now", told.Now is { } now ? TrialForm.Write(now, call.Format) : RestValue.Null), ("nowProblem", told.NowProblem));
    }

    private static async Task<RestResult> TryAsync(RestCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var trial = await call.Get<ISender>().Send(new TryStage(Item(call), Text(call, "stageId"))
        {
            Version = (int?)arguments.Whole("version"),
            Config = arguments.Has("robots") ? new StageAutomationConfig { Robots = [.. arguments.List("robots").Select((r, i) => RobotForm.Read(r, string.Create(CultureInfo.InvariantCulture, $"robots[{i}]")))] } : null,
            FromStageId = arguments.Text("fromStageId"),
            Travel = TrialForm.Travel(call),
            Answers = TrialForm.Answers(call),
        }, ct);
        return TrialForm.Write(trial, call.Format);
    }

    private static RestValue Write(ConfigMark? mark, RestFormat format) =>
        mark is null ? RestValue.Null : RestValue.Map(("version", mark.Version), ("by", mark.PersonName), ("time", format.Instant(mark.At)));

    private static ItemRef Item(RestCall call) => new((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue), call.Arguments.Id("itemId"));

    private static string Text(RestCall call, string name) => call.Arguments.Text(name) ?? "";
}
