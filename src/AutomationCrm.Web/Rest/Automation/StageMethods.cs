using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.stage.*: the robots of a stage, for administrators.</summary>
internal static class StageMethods
{
    private static readonly RestParameter[] Place =
    [
        Need("entityTypeId", RestShape.Id.Like(2)),
        Need("categoryId", RestShape.Whole.Like(0)),
        Need("stageId", RestShape.Text.Like("PREPARATION")),
    ];

    private static readonly RestShape View = RestShape.Object(
        new("entityTypeId", RestShape.Id), new("categoryId", RestShape.Whole), new("stageId", RestShape.Text),
        new("version", RestShape.Whole, About: "0 when the stage never had robots."),
        new("undoSeconds", RestShape.Whole, About: "How long outside effects of a move made by hand are held back."),
        new("onImport", RestShape.Flag, About: "Whether imported items meet the robots too."),
        new("whenPassed", RestShape.Flag, About: "Whether items that jump over the stage meet the robots too."),
        new("createdBy", RestShape.Whole.OrNull()), new("createdTime", RestShape.Instant.OrNull()),
        new("robots", RestShape.ListOf(RobotForm.Shape)), new("triggers", RestShape.ListOf(TriggerForm.Shape)));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.stage.get", "automation", RestRight.Administrator, RestStyle.Own, [.. Place, May("version", RestShape.Id, "An older version; the newest without it.")], View, GetAsync)
            { ReadOnly = true, About = "The robots and triggers of a stage." },
        new("automation.stage.set", "automation", RestRight.Administrator, RestStyle.Own,
            [
                .. Place,
                Need("robots", RestShape.ListOf(RobotForm.Shape), "All robots of the stage in order."),
                May("triggers", RestShape.ListOf(TriggerForm.Shape), "All triggers of the stage in order; without it they stay as they are."),
                May("undoSeconds", RestShape.Whole.Like(10), "0 switches the undo window off."),
                May("onImport", RestShape.Flag.Like(false), "Whether imported items meet the robots too."),
                May("whenPassed", RestShape.Flag.Like(false), "Whether items that jump over the stage meet the robots too."),
                May("basedOn", RestShape.Whole.Like(0), "The version this one was made from; a newer one is a conflict."),
                May("comment", RestShape.Text),
            ],
            View,
            SetAsync) { About = "Publishes the robots of a stage as a new version, live at once, and answers it." },
    ];

    private static Task<RestResult> GetAsync(RestCall call, CancellationToken ct) =>
        AnswerAsync(call, (int?)call.Arguments.Whole("version"), ct);

    private static async Task<RestResult> SetAsync(RestCall call, CancellationToken ct)
    {
        await RequirePlaceAsync(call, ct);
        var arguments = call.Arguments;
        var robots = arguments.List("robots").Select((robot, i) => RobotForm.Read(robot, string.Create(CultureInfo.InvariantCulture, $"robots[{i}]")));
        var triggers = arguments.Has("triggers")
            ? [.. arguments.List("triggers").Select(TriggerForm.Read)]
            : (await call.Get<ISender>().Send(new GetStageAutomation(TypeId(call), StageId(call), null), ct)).Config.Triggers;
        var config = new StageAutomationConfig
        {
            Triggers = triggers,
            Robots = [.. robots],
            UndoSeconds = (int)Math.Clamp(arguments.Whole("undoSeconds") ?? StageAutomationConfig.DefaultUndoSeconds, int.MinValue, int.MaxValue),
            OnImport = arguments.Flag("onImport") ?? false,
            WhenPassed = arguments.Flag("whenPassed") ?? false,
        };
        var basedOn = arguments.Whole("basedOn") is { } seen ? (int)Math.Clamp(seen, -1, int.MaxValue) : (int?)null;
        var version = await call.Get<ISender>().Send(new SaveStageAutomation(TypeId(call), StageId(call), config, basedOn, arguments.Text("comment") ?? ""), ct);
        return await AnswerAsync(call, version, ct);
    }

    private static async Task<RestResult> AnswerAsync(RestCall call, int? version, CancellationToken ct)
    {
        await RequirePlaceAsync(call, ct);
        var view = await call.Get<ISender>().Send(new GetStageAutomation(TypeId(call), StageId(call), version), ct);
        return RestValue.Map(
            ("entityTypeId", view.Stage.TypeId),
            ("categoryId", view.Stage.PipelineId),
            ("stageId", view.Stage.Id),
            ("version", view.Version),
            ("undoSeconds", view.Config.UndoSeconds),
            ("onImport", view.Config.OnImport),
            ("whenPassed", view.Config.WhenPassed),
            ("createdBy", view.Version > 0 ? RestValue.Of(view.AuthorId) : RestValue.Null),
            ("createdTime", view.At is { } at ? call.Format.Instant(at) : RestValue.Null),
            ("robots", RestValue.List(view.Config.Robots.Select(RobotForm.Write))),
            ("triggers", RestValue.List(view.Config.Triggers.Select(TriggerForm.Write))));
    }

    private static async Task RequirePlaceAsync(RestCall call, CancellationToken ct)
    {
        var portal = await call.Get<IPortal>().FreshAsync(ct);
        if (portal.Type(TypeId(call)) is not { HasStages: true }) throw Refused($"There is no item type {call.Arguments.Whole("entityTypeId")} with stages.", "entityTypeId");
        if (portal.Stage(TypeId(call), StageId(call)) is not { } stage) throw Refused($"There is no stage {StageId(call)}.", "stageId");
        if (stage.PipelineId != call.Arguments.Whole("categoryId")) throw Refused($"The stage {stage.Id} is not in category {call.Arguments.Whole("categoryId")}.", "categoryId");
    }

    private static int TypeId(RestCall call) => (int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue);

    private static string StageId(RestCall call) => call.Arguments.Text("stageId") ?? "";

    private static RestException Refused(string text, string argument) => new(new RestError(400, RestErrors.InvalidArgument, text, argument));
}
