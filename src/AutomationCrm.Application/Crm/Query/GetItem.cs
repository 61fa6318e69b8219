using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>One item; one that the caller may not read is "not found".</summary>
public sealed record GetItem(ItemRef Item) : IRequest<Item>;

internal sealed class GetItemValidator : AbstractValidator<GetItem>
{
    public GetItemValidator() => RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
}

internal sealed class GetItemHandler(IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetItem, Item>
{
    public Task<Item> Handle(GetItem request, CancellationToken cancellationToken) => ReadAsync(request.Item, store, gate, access, caller, cancellationToken);

    /// <summary>The item as stored, with the configuration at least as new as it.</summary>
    internal static async Task<Item> ReadAsync(ItemRef wanted, IWorkStore store, IPortal gate, IAccess access, Caller caller, CancellationToken ct)
    {
        var loaded = await store.LoadAsync([wanted], lockRows: false, ct);
        await gate.AtLeastAsync(loaded.Stamp, ct);
        var item = loaded.Items.Count == 1 ? loaded.Items[0] : throw NotFoundException.Of(wanted);
        access.Require(caller, ItemAction.Read, item);
        return item;
    }
}
