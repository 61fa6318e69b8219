using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Items.Linked;

/// <summary>An item as the unit of work sees it: by its id, or the first that a filter finds, the oldest first; null when there is none.</summary>
public sealed record FindOneItem(int TypeId) : IRequest<Item?>
{
    public long? Id { get; init; }

    public FilterNode? Filter { get; init; }

    public bool NewestFirst { get; init; }
}

internal sealed class FindOneItemValidator : AbstractValidator<FindOneItem>
{
    public FindOneItemValidator() => RuleFor(q => q.TypeId).GreaterThan(0);
}

internal sealed class FindOneItemHandler(IUnitOfWork work, IItemReader reader, IAccess access) : IRequestHandler<FindOneItem, Item?>
{
    public async Task<Item?> Handle(FindOneItem request, CancellationToken cancellationToken)
    {
        var scope = access.Scope(work.Caller, request.TypeId, ItemAction.Read);
        var id = request.Id ?? await FirstAsync(request, scope, cancellationToken);
        if (id is not > 0) return null;

        var item = await work.FindItemAsync(new(request.TypeId, id.Value), cancellationToken);
        return item is not null && scope.Covers(item) ? item : null;
    }

    private async Task<long?> FirstAsync(FindOneItem request, ItemScope scope, CancellationToken ct)
    {
        var query = new ItemQuery(request.TypeId, request.Filter) { Order = [new(FieldCodes.Id, request.NewestFirst)], Limit = 1 };
        var page = await reader.ListAsync(query, scope, ct);
        return page.Items is [var first, ..] ? first.Ref.Id : null;
    }
}
