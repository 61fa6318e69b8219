using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>A robot of a stage on the wire, the same in both directions: what automation.stage.get answers, automation.stage.set takes.</summary>
internal static class RobotForm
{
    private static readonly RestShape Condition = RestShape.Map.Like(RestValue.Map(("all", RestValue.List([RestValue.Map(("field", "OPPORTUNITY"), ("op", "gt"), ("value", "1000"))]))));

    public static RestShape Shape { get; } = RestShape.Object(
        May("key", RestShape.Text.Like("legal"), "Names the robot across versions; made when it is missing."),
        Need("type", RestShape.Text.Like("add_comment"), "A code of automation.robot.types."),
        May("name", RestShape.Text.Like("Tell the team")),
        May("settings", RestShape.Map.Like(RestValue.Map(("text", "Contract for {=Document:TITLE}"))), "By the codes of the robot type; values may hold placeholders."),
        May("delay", DelayForm.Shape.OrNull(), "When its turn begins; at once without it."),
        May("condition", Condition.OrNull(), "Groups all, any and not over rows of field, op and value; evaluated when the delay is over."),
        May("onError", DelayForm.OnErrorShape.OrNull(), "What becomes of the track when it fails; an incident without it."),
        May("afterPrevious", RestShape.Flag, "Whether it waits for the robot before it."),
        May("survives", RestShape.Flag, "Whether it goes on when the item leaves the stage."),
        May("startedBy", RestShape.Text.OrNull(), "The key of a trigger of the stage that does not move: it starts with that and not when an item enters."),
        May("enabled", RestShape.Flag.Like(true)));

    public static RobotConfig Read(RestValue robot, string path)
    {
        var settings = robot.Find("settings");
        RequireFlat(settings, $"{path}[settings]");
        return new RobotConfig
        {
            Key = robot.Find("key")?.Text ?? "",
            Type = robot.Find("type")?.Text ?? "",
            Name = robot.Find("name")?.Text ?? "",
            Enabled = Flag(robot, "enabled") ?? true,
            AfterPrevious = Flag(robot, "afterPrevious") ?? false,
            Survives = Flag(robot, "survives") ?? false,
            StartedBy = robot.Find("startedBy")?.Text is { Length: > 0 } starter ? starter : null,
            Delay = robot.Find("delay") is { IsContainer: true } delay ? DelayForm.Read(delay) : null,
            Condition = robot.Find("condition") is { IsContainer: true } condition ? RestJson.ToJson(condition) : null,
            OnError = robot.Find("onError") is { IsContainer: true } onError ? DelayForm.ReadOnError(onError) : null,
            Settings = RestJson.ToJson(settings is { IsContainer: true } map ? AsMap(map) : new RestMap()),
        };
    }

    public static RestMap Write(RobotConfig robot) => RestValue.Map(
        ("key", robot.Key),
        ("type", robot.Type),
        ("name", robot.Name),
        ("settings", RestJson.Of(robot.Settings)),
        ("delay", robot.Delay is { } delay ? DelayForm.Write(delay) : RestValue.Null),
        ("condition", robot.Condition is { } condition ? RestJson.Of(condition) : RestValue.Null),
        ("onError", robot.OnError is { } onError ? DelayForm.Write(onError) : RestValue.Null),
        ("afterPrevious", robot.AfterPrevious),
        ("survives", robot.Survives),
        ("startedBy", robot.StartedBy),
        ("enabled", robot.Enabled));

    private static bool? Flag(RestValue robot, string name) => RestArguments.TryFlag(robot.Find(name), out var flag) ? flag : null;

    // An empty JSON array is how PHP writes a map without entries.
    private static RestMap AsMap(RestValue settings) => RestValue.Map(settings.Entries.Select(e => (e.Key, e.Value)));

    // A setting is one value, a list of values, values by key or a condition; nothing lies deeper.
    private static void RequireFlat(RestValue? settings, string path)
    {
        foreach (var (name, setting) in settings?.Entries ?? [])
        {
            if (setting.Find("all") is { IsContainer: true } || setting.Find("any") is { IsContainer: true } || setting.Find("not") is { IsContainer: true }) continue;
            if (setting.Entries.FirstOrDefault(e => e.Value.IsContainer) is { Value: not null } deep)
                throw new RestException(new RestError(400, RestErrors.InvalidArgument, $"Parameter '{path}[{name}][{deep.Key}]' must be a single value.", $"{path}[{name}][{deep.Key}]"));
        }
    }
}
