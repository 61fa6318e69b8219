using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Items;

/// <summary>Puts an item into the recycle bin; its history stays, its waiting automation is dropped.</summary>
public sealed record DeleteItem(ItemRef Item) : ICommand<Unit>;

internal sealed class DeleteItemValidator : AbstractValidator<DeleteItem>
{
    public DeleteItemValidator() => RuleFor(c => c.Item.Id).GreaterThan(0);
}

internal sealed class DeleteItemHandler(IUnitOfWork work, IAccess access) : IRequestHandler<DeleteItem, Unit>
{
    public async Task<Unit> Handle(DeleteItem request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Delete, item);
        if (!item.IsNew) work.Changes.Add(work.Changes.RecycledItems, RecycledItem.Of(item, work.Caller, work.Now));
        item.Delete();
        return Unit.Value;
    }
}
