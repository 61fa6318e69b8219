using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>A robot of a stage on the wire, the same in both directions: what automation.stage.get answers, automation.stage.set takes.</summary>
internal static class RobotForm
{
    public static RestShape Shape { get; } = RestShape.Object(
        May("key", RestShape.Text.Like("legal"), "Names the robot across versions; made when it is missing."),
        Need("type", RestShape.Text.Like("add_comment"), "A code of automation.robot.types."),
        May("name", RestShape.Text.Like("Tell the team")),
        May("settings", RestShape.Map.Like(RestValue.Map(("text", "Contract for {=Document:TITLE}"))), "By the codes of the robot type; values may hold placeholders."),
        May("delay", RestShape.Object(Need("after", RestShape.Text.Like("PT10M"), "A duration in ISO 8601.")).OrNull()),
        May("condition", RestShape.Object(Need("all", RestShape.ListOf(RestShape.Object(
            Need("field", RestShape.Text.Like("OPPORTUNITY")), Need("op", RestShape.Text.Like("gt")), May("value", RestShape.Text.Like("1000").OrNull()))))).OrNull()),
        May("afterPrevious", RestShape.Flag, "Whether it waits for the robot before it."),
        May("survives", RestShape.Flag, "Whether it goes on when the item leaves the stage."),
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
            Delay = robot.Find("delay") is { IsContainer: true } delay ? new(delay.Find("after")!.Text!) : null,
            Condition = robot.Find("condition") is { IsContainer: true } condition ? new([.. condition.Find("all")!.Entries.Select(e => Row(e.Value))]) : null,
            Settings = RestJson.ToJson(settings is { IsContainer: true } map ? AsMap(map) : new RestMap()),
        };
    }

    public static RestMap Write(RobotConfig robot) => RestValue.Map(
        ("key", robot.Key),
        ("type", robot.Type),
        ("name", robot.Name),
        ("settings", RestJson.Of(robot.Settings)),
        ("delay", robot.Delay is { } delay ? RestValue.Map(("after", delay.After)) : RestValue.Null),
        ("condition", robot.Condition is { } condition ? RestValue.Map(("all", RestValue.List(condition.All.Select(Row)))) : RestValue.Null),
        ("afterPrevious", robot.AfterPrevious),
        ("survives", robot.Survives),
        ("enabled", robot.Enabled));

    private static ConditionRow Row(RestValue row) => new(row.Find("field")!.Text!, row.Find("op")!.Text!, row.Find("value")?.Text);

    private static RestValue Row(ConditionRow row) => RestValue.Map(("field", row.Field), ("op", row.Op), ("value", row.Value));

    private static bool? Flag(RestValue robot, string name) => RestArguments.TryFlag(robot.Find(name), out var flag) ? flag : null;

    // An empty JSON array is how PHP writes a map without entries.
    private static RestMap AsMap(RestValue settings) => RestValue.Map(settings.Entries.Select(e => (e.Key, e.Value)));

    // A setting is one value, a list of values or values by key; nothing lies deeper.
    private static void RequireFlat(RestValue? settings, string path)
    {
        foreach (var (name, setting) in settings?.Entries ?? [])
        {
            if (setting.Entries.FirstOrDefault(e => e.Value.IsContainer) is { Value: not null } deep)
                throw new RestException(new RestError(400, RestErrors.InvalidArgument, $"Parameter '{path}[{name}][{deep.Key}]' must be a single value.", $"{path}[{name}][{deep.Key}]"));
        }
    }
}
