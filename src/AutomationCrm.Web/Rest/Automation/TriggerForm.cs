using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>A trigger of a stage on the wire, the same in both directions.</summary>
internal static class TriggerForm
{
    public static RestShape Shape { get; } = RestShape.Object(
        May("key", RestShape.Text.Like("big"), "Names the trigger across versions; made when it is missing."),
        Need("type", RestShape.Text.Like("field_changed"), "A code of automation.trigger.types."),
        Need("name", RestShape.Text.Like("The amount has grown")),
        May("settings", RestShape.Map.Like(RestValue.Map(("fields", "OPPORTUNITY"))), "By the codes of the trigger type."),
        May("condition", RestShape.Map.Like(RestValue.Map(("all", RestValue.List([RestValue.Map(("field", "OPPORTUNITY"), ("op", "gt"), ("value", "1000"))])))).OrNull(), "Groups all, any and not over rows of field, op and value."),
        May("allowBackwards", RestShape.Flag, "Also for items on this stage or behind it."),
        May("move", RestShape.Flag.Like(true), "False: it starts the robots whose startedBy is its key and moves nothing."),
        May("runAs", RestShape.Text.Like("system"), "system, responsible or user_12."),
        May("enabled", RestShape.Flag.Like(true)));

    public static TriggerConfig Read(RestValue trigger) => new()
    {
        Key = trigger.Find("key")?.Text ?? "",
        Type = trigger.Find("type")?.Text ?? "",
        Name = trigger.Find("name")?.Text ?? "",
        Enabled = Flag(trigger, "enabled") ?? true,
        Condition = trigger.Find("condition") is { IsContainer: true } condition ? RestJson.ToJson(condition) : null,
        AllowBackwards = Flag(trigger, "allowBackwards") ?? false,
        Move = Flag(trigger, "move") ?? true,
        RunAs = trigger.Find("runAs")?.Text is { Length: > 0 } runAs ? runAs : TriggerConfig.System,
        Settings = RestJson.ToJson(trigger.Find("settings") is { IsContainer: true } settings ? RestValue.Map(settings.Entries.Select(e => (e.Key, e.Value))) : new RestMap()),
    };

    public static RestMap Write(TriggerConfig trigger) => RestValue.Map(
        ("key", trigger.Key),
        ("type", trigger.Type),
        ("name", trigger.Name),
        ("settings", RestJson.Of(trigger.Settings)),
        ("condition", trigger.Condition is { } condition ? RestJson.Of(condition) : RestValue.Null),
        ("allowBackwards", trigger.AllowBackwards),
        ("move", trigger.Move),
        ("runAs", trigger.RunAs),
        ("enabled", trigger.Enabled));

    private static bool? Flag(RestValue trigger, string name) => RestArguments.TryFlag(trigger.Find(name), out var flag) ? flag : null;
}
