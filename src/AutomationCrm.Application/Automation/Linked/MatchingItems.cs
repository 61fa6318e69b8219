using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.Linked;

/// <summary>All items that a filter finds, up to a limit; more are refused as a whole.</summary>
internal static class MatchingItems
{
    public static async Task<List<ItemRef>> FindAsync(IItemReader reader, int typeId, FilterNode filter, ItemScope scope, int most, CancellationToken ct)
    {
        var found = new List<ItemRef>();
        for (long? after = null; ;)
        {
            var page = await reader.ListAsync(new(typeId, filter) { Order = [new(FieldCodes.Id)], Limit = ItemQuery.LargestPage, AfterId = after }, scope, ct);
            found.AddRange(page.Items.Select(i => i.Ref));
            if (found.Count > most || (found.Count == most && page.HasMore)) throw new RuleBrokenException("items.many", $"The filter finds more than {most} items; nothing was changed.", "filter");
            if (!page.HasMore) return found;
            after = page.Items[^1].Ref.Id;
        }
    }
}
