using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>Dry runs that do not begin with entering a stage: of a trigger's event, of a waiting robot, of a script.</summary>
internal static class TrialMethods
{
    private static readonly RestParameter[] Item = [Need("entityTypeId", RestShape.Id.Like(2)), Need("itemId", RestShape.Id)];

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.trigger.try", "automation", RestRight.Administrator, RestStyle.Own,
            [
                .. Item, Need("stageId", RestShape.Text.Like("PREPARATION"), "The trigger's stage."), Need("triggerKey", RestShape.Text),
                May("facts", RestShape.MapOf(RestShape.Text), "What the event tells, by name; the rest is made up."), May("changes", RestShape.MapOf(RestShape.Text), "For triggers on changes of the item: new values by field."), .. TrialForm.Parameters,
            ],
            TrialForm.Trial, TriggerAsync) { ReadOnly = true, About = "What would happen if a trigger's event came to an item. Nothing is changed and nothing is sent." },
        new("automation.wait.try", "automation", RestRight.Member, RestStyle.Own, [Need("robotRunId", RestShape.Id), .. TrialForm.Parameters], TrialForm.Trial, WaitAsync)
            { ReadOnly = true, About = "What a waiting robot and those after it would do now. Nothing is changed and nothing is sent." },
        new("automation.script.try", "automation", RestRight.Member, RestStyle.Own, [.. Item, Need("id", RestShape.Id, "The script."), May("values", RestShape.MapOf(RestShape.Text), "What the script asks for, by name."), .. TrialForm.Parameters],
            TrialForm.Trial, ScriptAsync) { ReadOnly = true, About = "What a script would do with an item. Nothing is changed and nothing is sent." },
    ];

    private static async Task<RestResult> TriggerAsync(RestCall call, CancellationToken ct) => TrialForm.Write(await call.Get<ISender>().Send(new TryTrigger(ItemOf(call), call.Arguments.Text("stageId") ?? "", call.Arguments.Text("triggerKey") ?? "")
    {
        Facts = Texts(call, "facts"),
        Changes = Texts(call, "changes"),
        Travel = TrialForm.Travel(call),
        Answers = TrialForm.Answers(call),
    }, ct), call.Format);

    private static async Task<RestResult> WaitAsync(RestCall call, CancellationToken ct) =>
        TrialForm.Write(await call.Get<ISender>().Send(new TryWait(call.Arguments.Id("robotRunId")) { Travel = TrialForm.Travel(call), Answers = TrialForm.Answers(call) }, ct), call.Format);

    private static async Task<RestResult> ScriptAsync(RestCall call, CancellationToken ct) =>
        TrialForm.Write(await call.Get<ISender>().Send(new TryScript(ItemOf(call), call.Arguments.Id("id")) { Values = Texts(call, "values"), Travel = TrialForm.Travel(call), Answers = TrialForm.Answers(call) }, ct), call.Format);

    private static Dictionary<string, string> Texts(RestCall call, string name) => call.Arguments.Map(name).Entries.ToDictionary(e => e.Key, e => e.Value.Text ?? "", StringComparer.OrdinalIgnoreCase);

    private static ItemRef ItemOf(RestCall call) => new((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue), call.Arguments.Id("itemId"));
}
