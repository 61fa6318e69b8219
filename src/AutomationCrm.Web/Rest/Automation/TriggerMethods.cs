using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.trigger.*: the trigger types, and what triggers made of the events of an item.</summary>
internal static class TriggerMethods
{
    private static readonly RestShape FieldForm = RestShape.Object(new("code", RestShape.Text), new("kind", RestShape.Text.Like("Text")), new("required", RestShape.Flag), new("multiple", RestShape.Flag));

    private static readonly RestShape Record = RestShape.Object(
        new("id", RestShape.Id), new("event", RestShape.Text.Like("item.changed")), new("time", RestShape.Instant), new("stageId", RestShape.Text, About: "Where the item stood."),
        new("triggerKey", RestShape.Text.OrNull(), About: "The one that applied."), new("triggerName", RestShape.Text.OrNull()), new("toStageId", RestShape.Text.OrNull()),
        new("clientTypeId", RestShape.Id.OrNull(), About: "The client it was passed on from."), new("clientId", RestShape.Id.OrNull()),
        new("facts", RestShape.Map), new("candidates", RestShape.ListOf(RestShape.Map), About: "Every trigger that was asked, with its reason."));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.trigger.types", "automation", RestRight.Member, RestStyle.Own, [],
            RestShape.Object(new RestParameter("types", RestShape.ListOf(RestShape.Object(
                new("code", RestShape.Text.Like("field_changed")), new("event", RestShape.Text), new("settings", RestShape.ListOf(FieldForm)), new("facts", RestShape.ListOf(FieldForm)))))),
            (call, _) => Task.FromResult(RestResult.Of(RestValue.Map(("types", RestValue.List(call.Get<TriggerCatalogue>().All.Select(Write)))))))
            { ReadOnly = true, About = "The trigger types with their settings and what they tell robots." },
        new("automation.trigger.history", "automation", RestRight.Member, RestStyle.Own,
            [Need("entityTypeId", RestShape.Id.Like(2)), Need("id", RestShape.Id), May("limit", RestShape.Whole.Like(50))],
            RestShape.Object(new RestParameter("records", RestShape.ListOf(Record))), HistoryAsync)
            { ReadOnly = true, About = "Events of an item that triggers were asked about, newest first, with every candidate and why it applied or did not." },
    ];

    private static async Task<RestResult> HistoryAsync(RestCall call, CancellationToken ct)
    {
        var item = new ItemRef((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue), call.Arguments.Id("id"));
        var records = await call.Get<ISender>().Send(new ListTriggerRecords(item, (int)Math.Clamp(call.Arguments.Whole("limit") ?? 50, 0, int.MaxValue)), ct);
        return RestValue.Map(("records", RestValue.List(records.Select(r => Write(r, call.Format)))));
    }

    private static RestValue Write(TriggerDescriptor trigger) => RestValue.Map(
        ("code", trigger.Code),
        ("event", trigger.Event),
        ("settings", RestValue.List(trigger.Settings.Select(Write))),
        ("facts", RestValue.List(trigger.Facts.Select(Write))));

    private static RestValue Write(Field field) => RestValue.Map(("code", field.Code), ("kind", field.Kind.ToString()), ("required", field.Required), ("multiple", field.Multiple));

    private static RestValue Write(TriggerRecord record, RestFormat format) => RestValue.Map(
        ("id", record.Id),
        ("event", record.Event),
        ("time", format.Instant(record.At)),
        ("stageId", record.StageId),
        ("triggerKey", record.TriggerKey),
        ("triggerName", record.TriggerName),
        ("toStageId", record.ToStageId),
        ("clientTypeId", record.ClientTypeId is { } type ? RestValue.Of(type) : RestValue.Null),
        ("clientId", record.ClientId is { } client ? RestValue.Of(client) : RestValue.Null),
        ("facts", RestJson.Of(record.Facts)),
        ("candidates", RestJson.Of(record.Candidates)));
}
