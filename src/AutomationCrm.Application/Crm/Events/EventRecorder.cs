using System.Text.Json;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Events;

/// <summary>Writes what follows from an event: the event itself, stage history, totals, and the plans of all reactions.</summary>
internal sealed class EventRecorder(IEnumerable<IReaction> reactions, IEnumerable<IHappeningReaction> answers)
{
    private readonly IReaction[] reactions = [.. reactions];
    private readonly IHappeningReaction[] answers = [.. answers];

    public async ValueTask RecordAsync(IUnitOfWork work, Item item, ItemEvent happened, CancellationToken ct)
    {
        var cause = work.Caller.Cause;
        work.Changes.Add(work.Changes.Events, new StoredEvent
        {
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Version = happened.Version,
            At = happened.At,
            Kind = work.Caller.Undoing && happened is StageChanged ? StoredEvent.Undone : happened.Kind,
            ActorId = happened.ActorId,
            ChainId = cause?.ChainId ?? Guid.Empty,
            Depth = cause?.Depth ?? 0,
            RobotRunId = work.Caller.RobotRunId,
            CommandId = work.Caller.CommandId,
            Changes = ToJson(happened.Changes),
        });
        AddTotals(work.Changes, item, happened);
        switch (happened)
        {
            case ItemAdded { Stage: { } stage }: await AddHistoryAsync(work, item, stage, 1, happened, ct); break;
            case StageChanged moved: await AddHistoryAsync(work, item, moved.To, KindOf(moved), happened, ct); break;
        }

        work.Hint(Topics.Item(item.Ref));
        if (item.Type.HasStages) work.Hint(Topics.Board(item.Ref.TypeId, item.PipelineId));
        foreach (var reaction in reactions)
            if (reaction.Interested(happened)) await reaction.PlanAsync(happened, item, work, ct);
    }

    public async ValueTask RecordAsync(IUnitOfWork work, Happening happened, CancellationToken ct)
    {
        work.Hint(Topics.Item(happened.Item));
        foreach (var answer in answers)
            if (answer.Interested(happened.Code)) await answer.PlanAsync(happened, work, ct);
    }

    private static short KindOf(StageChanged moved) =>
        moved.From is { } from && from.PipelineId != moved.To.PipelineId ? (short)5 : moved.To.IsFinal ? (short)3 : (short)2;

    private static async ValueTask AddHistoryAsync(IUnitOfWork work, Item item, Stage stage, short kind, ItemEvent happened, CancellationToken ct) =>
        work.Changes.Add(work.Changes.StageHistory, new StageHistoryEntry
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Kind = kind,
            PipelineId = stage.PipelineId,
            StageId = stage.Id,
            Semantics = stage.SemanticsLetter,
            At = happened.At,
            ActorId = happened.ActorId,
            Depth = work.Caller.Cause?.Depth ?? 0,
        });

    private static void AddTotals(ChangeSet changes, Item item, ItemEvent happened)
    {
        if (!item.Type.HasStages) return;

        var (type, now) = (item.Ref.TypeId, item.Number(FieldCodes.AmountBase));
        var (oldAmount, oldStage, oldPipeline) = (now, item.StageId, item.PipelineId);
        foreach (var change in happened.Changes)
        {
            if (change.Code == FieldCodes.AmountBase) oldAmount = change.Old is NumberValue n ? n.Number : 0;
            else if (change.Code == FieldCodes.Stage) oldStage = change.Old is TextValue t ? t.Text : "";
            else if (change.Code == FieldCodes.Pipeline) oldPipeline = change.Old is NumberValue p ? (int)p.Number : 0;
        }

        switch (happened)
        {
            case ItemAdded: changes.Add(changes.Totals, new(type, item.PipelineId, item.StageId, 1, now)); break;
            case ItemDeleted: changes.Add(changes.Totals, new(type, oldPipeline, oldStage, -1, -oldAmount)); break;
            case StageChanged:
                changes.Add(changes.Totals, new(type, oldPipeline, oldStage, -1, -oldAmount));
                changes.Add(changes.Totals, new(type, item.PipelineId, item.StageId, 1, now));
                break;
            default:
                if (oldAmount != now) changes.Add(changes.Totals, new(type, item.PipelineId, item.StageId, 0, now - oldAmount));
                break;
        }
    }

    internal static string ToJson(IReadOnlyList<FieldChange> changes)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var change in changes)
            {
                json.WriteStartObject(change.Code);
                json.WritePropertyName("old");
                ValueJson.Write(json, change.Old);
                json.WritePropertyName("new");
                ValueJson.Write(json, change.New);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
