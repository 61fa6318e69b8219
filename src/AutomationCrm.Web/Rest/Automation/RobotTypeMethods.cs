using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.robot.types: what may be put on a stage.</summary>
internal static class RobotTypeMethods
{
    private static readonly RestShape FieldForm = RestShape.Object(
        new("code", RestShape.Text.Like("text")), new("kind", RestShape.Text.Like("LongText")), new("required", RestShape.Flag), new("multiple", RestShape.Flag), new("options", RestShape.ListOf(RestShape.Text)));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.robot.types", "automation", RestRight.Member, RestStyle.Own, [],
            RestShape.Object(new RestParameter("types", RestShape.ListOf(RestShape.Object(
                new("code", RestShape.Text.Like("add_comment")), new("kind", RestShape.Text.Like("State")), new("group", RestShape.Text.Like("other")),
                new("settings", RestShape.ListOf(FieldForm)), new("results", RestShape.ListOf(FieldForm)))))),
            (call, _) => Task.FromResult(RestResult.Of(RestValue.Map(("types", RestValue.List(call.Get<RobotCatalogue>().All.Select(Write)))))))
            { ReadOnly = true, About = "The robot types with their settings and results." },
    ];

    private static RestValue Write(RobotDescriptor robot) => RestValue.Map(
        ("code", robot.Code),
        ("kind", robot.Kind.ToString()),
        ("group", robot.Group),
        ("settings", RestValue.List(robot.Settings.Select(Write))),
        ("results", RestValue.List(robot.Results.Select(Write))));

    private static RestValue Write(Field field) => RestValue.Map(
        ("code", field.Code),
        ("kind", field.Kind.ToString()),
        ("required", field.Required),
        ("multiple", field.Multiple),
        ("options", RestValue.List(field.Options.Select(o => RestValue.Of(o)))));
}
