using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>
/// Passes what happened to a contact or company on to its open items whose type has a trigger for it: one deal (or, without one, one lead),
/// the newest, and all of the other types.
/// </summary>
internal sealed class ClientSpread(TriggerIndex.Book book, IItemReader reader)
{
    private const int MostItems = 50;

    public async Task PassOnAsync(ItemRef client, TriggerCall call, IUnitOfWork work, CancellationToken ct)
    {
        var index = book.Of(work.Portal);
        var facilities = new[] { ItemTypeIds.Deal, ItemTypeIds.Lead };
        foreach (var type in facilities)
            if (await PassOnAsync(type, 1, client, call, index, work, ct)) break;
        foreach (var type in work.Portal.Types.Where(t => t.HasStages && !facilities.Contains(t.Id)))
            await PassOnAsync(type.Id, MostItems, client, call, index, work, ct);
    }

    private async Task<bool> PassOnAsync(int typeId, int most, ItemRef client, TriggerCall call, TriggerIndex index, IUnitOfWork work, CancellationToken ct)
    {
        if (!index.TypesWith(call.Event).Contains(typeId)) return false;

        var field = client.TypeId == ItemTypeIds.Company ? FieldCodes.Company : FieldCodes.Contact;
        var open = FilterNode.All(FilterNode.Compare(field, FilterOp.Equal, new ItemValue(client.TypeId, client.Id)), FilterNode.Compare(FieldCodes.Closed, FilterOp.Equal, Value.False));
        var query = new ItemQuery(typeId, open) { Order = [new(FieldCodes.Id, Descending: true)], Limit = most };
        var found = await reader.ListAsync(query, ItemScope.All, ct);
        foreach (var item in found.Items)
            work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(item.Ref), TriggerCall.Kind, (call with { ClientType = client.TypeId, ClientId = client.Id }).ToJson()));
        return found.Items.Count > 0;
    }
}
