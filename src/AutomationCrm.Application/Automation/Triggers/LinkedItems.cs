using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Tells an item that something linked to it was closed, and whether anything linked is still open.</summary>
internal sealed class LinkedItems(TriggerIndex.Book book, CrmDbContext db, IItemReader reader) : IReaction
{
    /// <summary>The fact that names what was closed: <see cref="Tasks"/>, or an item type's code.</summary>
    public const string What = "What";
    public const string Tasks = "TASK";

    public bool Interested(ItemEvent happened) => happened is StageChanged { To.IsFinal: true, From: null or { IsFinal: false } };

    public ValueTask PlanAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (work.Caller.Quiet) return ValueTask.CompletedTask;

        var index = book.Of(work.Portal);
        foreach (var type in index.TypesWith(TriggerEvents.LinkedClosed))
        {
            foreach (var field in LinksTo(item.Type, type))
            {
                if (item[field.Code] is not ItemValue { Id: > 0 } owner) continue;
                var call = TriggerCall.Of(TriggerEvents.LinkedClosed, new Dictionary<string, Value> { [What] = Value.Of(item.Type.Code) }, work.Caller);
                work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(new(type, owner.Id)), TriggerCall.Kind, call.ToJson()));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether nothing of the kind that was closed is open any more.</summary>
    public async Task<bool> AllClosedAsync(Item item, string what, IUnitOfWork work, CancellationToken ct)
    {
        if (what == Tasks)
            return !await db.Tasks.AsNoTracking().AnyAsync(t => t.TypeId == item.Ref.TypeId && t.ItemId == item.Ref.Id && t.State == TaskState.Open, ct);

        foreach (var type in work.Portal.Types.Where(t => t.HasStages && t.Code == what))
        {
            foreach (var field in LinksTo(type, item.Ref.TypeId))
            {
                var open = FilterNode.All(FilterNode.Compare(field.Code, FilterOp.Equal, new ItemValue(item.Ref.TypeId, item.Ref.Id)), FilterNode.Compare(FieldCodes.Closed, FilterOp.Equal, Value.False));
                if (await reader.CountAsync(type.Id, open, ItemScope.All, ct) > 0) return false;
            }
        }

        return true;
    }

    private static IEnumerable<Field> LinksTo(ItemType from, int target) => from.Fields.All.Where(f => f is { Kind: FieldKind.Item, Multiple: false } && f.TargetType == target);
}
