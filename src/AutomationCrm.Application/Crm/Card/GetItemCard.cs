using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Card;

/// <summary>The page of one item.</summary>
public sealed record GetItemCard(ItemRef Item) : IRequest<ItemCard>
{
    /// <summary>Narrows the timeline; null shows everything.</summary>
    public IReadOnlyCollection<TimelineKind>? Kinds { get; init; }
}

internal sealed class GetItemCardValidator : AbstractValidator<GetItemCard>
{
    public GetItemCardValidator() => RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
}

internal sealed class GetItemCardHandler(TimelineReader timeline, CrmDbContext db, IItemReader items, IWorkStore store, IPortal gate, IAccess access, UndoWindow undo, Caller caller)
    : IRequestHandler<GetItemCard, ItemCard>
{
    public async Task<ItemCard> Handle(GetItemCard request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var (typeId, id) = (item.Ref.TypeId, item.Ref.Id);
        var pipeline = item.Type.HasStages ? gate.Current.Pipeline(typeId, item.PipelineId) : null;
        var refs = item.Values.Values.OfType<ItemValue>().Select(v => new ItemRef(v.TypeId, v.Id)).ToList();
        return new(
            item,
            pipeline,
            pipeline is null ? [] : Steps(pipeline, item.StageId),
            await items.FindTitlesAsync(refs, type => access.Scope(caller, type, ItemAction.Read), cancellationToken),
            await db.Tasks.AsNoTracking().Where(t => t.TypeId == typeId && t.ItemId == id && t.State == TaskState.Open).OrderBy(t => t.Deadline == null).ThenBy(t => t.Deadline).ThenBy(t => t.Id).Take(200).ToListAsync(cancellationToken),
            await timeline.ReadAsync(item.Ref, request.Kinds, null, TimelineReader.PageSize, cancellationToken),
            await db.Incidents.CountAsync(i => i.TypeId == typeId && i.ItemId == id && i.State == 0, cancellationToken),
            await undo.OfferAsync(item, cancellationToken))
        {
            MayUpdate = access.Scope(caller, typeId, ItemAction.Update).Covers(item),
            MayDelete = access.Scope(caller, typeId, ItemAction.Delete).Covers(item),
        };
    }

    // Final stages are no steps of the way: the one that was reached stands at its end, otherwise the successful one.
    private static List<StageStep> Steps(Pipeline pipeline, string current)
    {
        var standing = pipeline.Find(current);
        var end = standing is { IsFinal: true } ? standing : pipeline.Stages.FirstOrDefault(s => s.Semantics == StageSemantics.Won);
        var way = pipeline.Stages.Where(s => !s.IsFinal).Concat(end is null ? [] : [end]).ToList();
        var at = way.FindIndex(s => s.Id == current);
        return [.. way.Select((stage, i) => new StageStep(stage, i == at ? StepState.Current : i < at ? StepState.Passed : StepState.Ahead))];
    }
}
