using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>What triggers made of the events of an item, newest first, for whoever may read it.</summary>
public sealed record ListTriggerRecords(ItemRef Item, int Limit = 50) : IRequest<IReadOnlyList<TriggerRecord>>;

internal sealed class ListTriggerRecordsValidator : AbstractValidator<ListTriggerRecords>
{
    public ListTriggerRecordsValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.Limit).InclusiveBetween(1, 500).OverridePropertyName("limit");
    }
}

internal sealed class ListTriggerRecordsHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListTriggerRecords, IReadOnlyList<TriggerRecord>>
{
    public async Task<IReadOnlyList<TriggerRecord>> Handle(ListTriggerRecords request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        return await db.TriggerRecords.AsNoTracking().Where(r => r.TypeId == item.Ref.TypeId && r.ItemId == item.Ref.Id).OrderByDescending(r => r.Id).Take(request.Limit).ToListAsync(cancellationToken);
    }
}
