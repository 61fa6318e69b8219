using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.History;

/// <summary>What both histories share: who may read them, and the titles of their items.</summary>
internal sealed class HistoryReading(IWorkStore store, IItemReader items, IPortal gate, IAccess access, Caller caller)
{
    public async Task RequireAsync(HistoryFilter filter, CancellationToken ct)
    {
        if (filter is { TypeId: { } type, ItemId: { } id }) await GetItemHandler.ReadAsync(new(type, id), store, gate, access, caller, ct);
        else access.RequireAdministrator(caller, "see the runs of all items");
        await gate.FreshAsync(ct);
    }

    public Task<IReadOnlyDictionary<ItemRef, string>> TitlesAsync(IEnumerable<ItemRef> refs, CancellationToken ct) =>
        items.FindTitlesAsync([.. refs.Distinct()], type => access.Scope(caller, type, ItemAction.Read), ct);
}
