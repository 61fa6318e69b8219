using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;

namespace AutomationCrm.Application.Import;

/// <summary>Stops an import after the chunk it is at; what is in stays. Answers whether it has ended already.</summary>
public sealed record CancelImport(long Id) : IRequest<bool>;

internal sealed class CancelImportHandler(IImportStore store, IImportFiles files, IAccess access, Caller caller) : IRequestHandler<CancelImport, bool>
{
    public async Task<bool> Handle(CancelImport request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "stop imports");
        if (await store.CancelAsync(request.Id, cancellationToken) is not { } folder) return false;

        files.Delete(folder);
        return true;
    }
}
