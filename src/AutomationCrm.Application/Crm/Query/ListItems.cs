using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>The items of a page that the caller may read.</summary>
public sealed record ListItems(ItemQuery Query) : IRequest<ItemPage>;

internal sealed class ListItemsValidator : AbstractValidator<ListItems>
{
    public ListItemsValidator()
    {
        RuleFor(q => q.Query.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Query.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
        RuleFor(q => q.Query).Must(q => q.AfterId is null || q.Order.All(o => o.Field == FieldCodes.Id)).OverridePropertyName("after")
            .Refuses("list.after", "Going on behind an id takes an order by id alone.");
    }
}

internal sealed class ListItemsHandler(IItemReader reader, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListItems, ItemPage>
{
    public async Task<ItemPage> Handle(ListItems request, CancellationToken cancellationToken)
    {
        var query = request.Query;
        await gate.RequireTypeAsync(query.TypeId, cancellationToken);
        return await reader.ListAsync(query, access.Scope(caller, query.TypeId, ItemAction.Read), cancellationToken);
    }
}

internal static class TypeCheck
{
    /// <summary>The configuration as of now, which knows the type; throws otherwise.</summary>
    public static async Task<PortalSnapshot> RequireTypeAsync(this IPortal gate, int typeId, CancellationToken ct)
    {
        var portal = await gate.FreshAsync(ct);
        return portal.Type(typeId) is null ? throw new RuleBrokenException("type.unknown", $"There is no item type {typeId}.", "entityTypeId") : portal;
    }
}
