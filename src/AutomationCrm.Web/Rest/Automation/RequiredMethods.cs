using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.required.*: which fields the stages of a pipeline require and of whom, for administrators.</summary>
internal static class RequiredMethods
{
    private static readonly RestParameter[] Place = [Need("entityTypeId", RestShape.Id.Like(2)), Need("categoryId", RestShape.Whole.Like(0))];

    private static readonly RestShape Field = RestShape.Object(
        new("field", RestShape.Text.Like("OPPORTUNITY")), new("fromStageId", RestShape.Text.Like("PREPARATION")), new("toStageId", RestShape.Text.Like("WON"), About: "The same as fromStageId for a single stage."));

    private static readonly RestShape Policy = RestShape.Text.Like("ignore");

    private static readonly RestShape View = RestShape.Object(
        new("version", RestShape.Whole, About: "0 while nothing was ever required."), new("required", RestShape.ListOf(Field)), new("programs", Policy), new("automation", Policy));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.required.get", "automation", RestRight.Administrator, RestStyle.Own, Place, View, AnswerAsync) { ReadOnly = true, About = "The fields that the stages of a pipeline require." },
        new("automation.required.set", "automation", RestRight.Administrator, RestStyle.Own,
            [
                .. Place,
                Need("required", RestShape.ListOf(Field), "All required fields of the pipeline."),
                May("programs", Policy, "What becomes of moves and changes by REST and public forms that lack them: ignore, warn, enforce; without it as it was."),
                May("automation", Policy, "The same for robots and triggers."),
                May("basedOn", RestShape.Whole.Like(0), "The version this one was made from; a newer one is a conflict."),
            ],
            View,
            SetAsync) { About = "Publishes what the stages of a pipeline require as a new version, live at once, and answers it." },
    ];

    private static async Task<RestResult> SetAsync(RestCall call, CancellationToken ct)
    {
        var (sender, arguments) = (call.Get<ISender>(), call.Arguments);
        var now = await sender.Send(Current(call), ct);
        var gates = new StageGates
        {
            Required = [.. arguments.List("required").Select(r => new RequiredField(Text(r, "field"), Text(r, "fromStageId"), Text(r, "toStageId")))],
            Programs = PolicyOf(arguments, "programs") ?? now.Gates.Programs,
            Automation = PolicyOf(arguments, "automation") ?? now.Gates.Automation,
        };
        await sender.Send(new SaveStageGates(now.TypeId, now.PipelineId, gates, arguments.Whole("basedOn") is { } seen ? (int)Math.Clamp(seen, -1, int.MaxValue) : null), ct);
        return await AnswerAsync(call, ct);
    }

    private static async Task<RestResult> AnswerAsync(RestCall call, CancellationToken ct)
    {
        var view = await call.Get<ISender>().Send(Current(call), ct);
        return RestValue.Map(
            ("version", view.Version),
            ("required", RestValue.List(view.Gates.Required.Select(r => RestValue.Map(("field", r.Field), ("fromStageId", r.FromStage), ("toStageId", r.ToStage))))),
            ("programs", Word(view.Gates.Programs)),
            ("automation", Word(view.Gates.Automation)));
    }

    private static GetStageGates Current(RestCall call) => new((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue), (int)Math.Clamp(call.Arguments.Whole("categoryId") ?? 0, -1, int.MaxValue));

    private static string Text(RestValue rule, string name) => rule.Find(name)?.Text ?? "";

    private static string Word(GatePolicy policy) => policy.ToString().ToLowerInvariant();

    private static GatePolicy? PolicyOf(RestArguments arguments, string name)
    {
        if (!arguments.Has(name)) return null;
        return Enum.GetValues<GatePolicy>().Cast<GatePolicy?>().FirstOrDefault(p => Word(p!.Value) == arguments.Text(name))
            ?? throw new RestException(new RestError(400, RestErrors.InvalidArgument, $"Parameter '{name}' must be one of ignore, warn, enforce.", name));
    }
}
