using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>
/// Takes an item out of the recycle bin under its old number and answers the version. It counts as adding it: the robots of its stage
/// start (reference bitrix-automation 1.4).
/// </summary>
public sealed record RestoreItem(ItemRef Item) : ICommand<long>;

internal sealed class RestoreItemValidator : AbstractValidator<RestoreItem>
{
    public RestoreItemValidator() => RuleFor(c => c.Item.Id).GreaterThan(0);
}

internal sealed class RestoreItemHandler(CrmDbContext db, IUnitOfWork work, IPortal gate, IAccess access) : IRequestHandler<RestoreItem, long>
{
    public async Task<long> Handle(RestoreItem request, CancellationToken cancellationToken)
    {
        var (typeId, id) = (request.Item.TypeId, request.Item.Id);
        var recycled = await db.RecycledItems.AsNoTracking().FirstOrDefaultAsync(r => r.TypeId == typeId && r.ItemId == id, cancellationToken) ?? throw NotFoundException.Of(request.Item);
        var portal = await gate.FreshAsync(cancellationToken);
        var type = portal.Type(typeId) ?? throw new RuleBrokenException("type.unknown", "Its item type no longer exists.", "entityTypeId");
        var item = recycled.ToItem(type);
        RecycleBinAccess.Require(access, work.Caller, recycled, item);
        if (type.HasStages)
        {
            // The stage may be gone by now; the item then begins anew.
            var stage = portal.Stage(typeId, item.StageId) ?? (portal.Pipeline(typeId, item.PipelineId) ?? portal.DefaultPipeline(typeId))?.First
                ?? throw new RuleBrokenException("pipeline.unknown", "Its item type has no pipeline any more.", FieldCodes.Pipeline);
            item.PlaceOn(stage, work.Caller.PersonId, work.Now);
        }

        work.Adopt(item);
        work.Changes.Add(work.Changes.RestoredItems, request.Item);
        return item.Version + 1;
    }
}
