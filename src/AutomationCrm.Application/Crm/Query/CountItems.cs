using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>How many items match that the caller may read.</summary>
public sealed record CountItems(int TypeId, FilterNode? Filter = null) : IRequest<long>;

internal sealed class CountItemsHandler(IItemReader reader, IPortal gate, IAccess access, Caller caller) : IRequestHandler<CountItems, long>
{
    public async Task<long> Handle(CountItems request, CancellationToken cancellationToken)
    {
        await gate.RequireTypeAsync(request.TypeId, cancellationToken);
        return await reader.CountAsync(request.TypeId, request.Filter, access.Scope(caller, request.TypeId, ItemAction.Read), cancellationToken);
    }
}
