using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>A script and its launches on the wire.</summary>
internal static class ScriptForm
{
    private static readonly FieldKind[] Kinds = [FieldKind.Text, FieldKind.LongText, FieldKind.Number, FieldKind.Date, FieldKind.Boolean, FieldKind.User];

    public static RestShape Parameter { get; } = RestShape.Object(
        Need("name", RestShape.Text.Like("Reason"), "Robots read it as {=Template:Reason}."), May("title", RestShape.Text), May("kind", RestShape.Text.Like("Text"), "Text, LongText, Number, Date, Boolean or User."),
        May("required", RestShape.Flag), May("default", RestShape.Text));

    private static readonly RestParameter[] Head =
    [
        new("id", RestShape.Id), new("entityTypeId", RestShape.Id), new("version", RestShape.Whole), new("name", RestShape.Text), new("description", RestShape.Text), new("enabled", RestShape.Flag),
        new("parameters", RestShape.ListOf(Parameter)), new("createdBy", RestShape.Whole), new("createdTime", RestShape.Instant),
    ];

    public static RestShape Line { get; } = RestShape.Object([.. Head, new("robotCount", RestShape.Whole)]);

    public static RestShape View { get; } = RestShape.Object([.. Head, new("robots", RestShape.ListOf(RobotForm.Shape))]);

    public static RestShape LaunchView { get; } = RestShape.Object(
        new("id", RestShape.Id), new("entityTypeId", RestShape.Id), new("scriptId", RestShape.Id.OrNull()), new("name", RestShape.Text), new("state", RestShape.Text.Like("Running"), About: "Running, Fed (every item has had its turn) or Cancelled."),
        new("total", RestShape.Whole), new("isOver", RestShape.Flag), new("createdBy", RestShape.Whole), new("createdTime", RestShape.Instant),
        new("counts", RestShape.MapOf(RestShape.Whole), About: "Items by state: Queued, Executing, Failed, Terminated, Completed."),
        new("items", RestShape.ListOf(RestShape.Object(new("itemId", RestShape.Id), new("state", RestShape.Text.Like("Queued")), new("reason", RestShape.Text.OrNull()), new("runId", RestShape.Id.OrNull()))), About: "At most 200, those that need a look first."));

    public static ScriptParameter ReadParameter(RestValue parameter, int index)
    {
        var name = parameter.Find("name")?.Text ?? "";
        var kind = parameter.Find("kind")?.Text is { Length: > 0 } text ? Kinds.Cast<FieldKind?>().FirstOrDefault(k => k.ToString() == text) : FieldKind.Text;
        if (kind is null) throw new RestException(new RestError(400, RestErrors.InvalidArgument, $"Parameter 'parameters[{index}][kind]' must be one of {string.Join(", ", Kinds)}.", $"parameters[{index}][kind]"));
        return new(name, parameter.Find("title")?.Text is { Length: > 0 } title ? title : name, kind.Value, RestArguments.TryFlag(parameter.Find("required"), out var required) && required, parameter.Find("default")?.Text ?? "");
    }

    public static RestValue WriteLine(Script script, RestFormat format) => RestValue.Map([.. Heading(script, format), ("robotCount", script.Config.Robots.Count)]);

    public static RestValue Write(Script script, RestFormat format) => RestValue.Map([.. Heading(script, format), ("robots", RestValue.List(script.Config.Robots.Select(RobotForm.Write)))]);

    public static RestValue Write(LaunchDetails details, RestFormat format) => RestValue.Map(
        ("id", details.View.Launch.Id),
        ("entityTypeId", details.View.Launch.TypeId),
        ("scriptId", details.View.Launch.ScriptId is { } script ? RestValue.Of(script) : RestValue.Null),
        ("name", details.View.Launch.Name),
        ("state", details.View.Launch.State.ToString()),
        ("total", details.View.Launch.Total),
        ("isOver", details.View.IsOver),
        ("createdBy", details.View.Launch.AuthorId),
        ("createdTime", format.Instant(details.View.Launch.At)),
        ("counts", RestValue.Map(details.View.Counts.OrderBy(c => c.Key).Select(c => (c.Key.ToString(), RestValue.Of((long)c.Value))))),
        ("items", RestValue.List(details.Items.Select(i => RestValue.Map(("itemId", i.Item.Id), ("state", i.State.ToString()), ("reason", i.Reason), ("runId", i.RunId is { } run ? RestValue.Of(run) : RestValue.Null))))));

    private static IEnumerable<(string, RestValue)> Heading(Script script, RestFormat format) =>
    [
        ("id", script.Id), ("entityTypeId", script.TypeId), ("version", script.Version), ("name", script.Config.Name), ("description", script.Config.Description), ("enabled", script.Config.Enabled),
        ("parameters", RestValue.List(script.Config.Parameters.Select(p => RestValue.Map(("name", p.Name), ("title", p.Title), ("kind", p.Kind.ToString()), ("required", p.Required), ("default", p.Default))))),
        ("createdBy", script.AuthorId), ("createdTime", format.Instant(script.At)),
    ];
}
