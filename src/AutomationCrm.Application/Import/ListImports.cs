using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Import;

/// <summary>The newest imports.</summary>
public sealed record ListImports : IRequest<IReadOnlyList<ImportView>>;

internal sealed class ListImportsHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListImports, IReadOnlyList<ImportView>>
{
    private const int Most = 50;

    public async Task<IReadOnlyList<ImportView>> Handle(ListImports request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see imports");
        var jobs = await db.ImportJobs.AsNoTracking().OrderByDescending(j => j.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        return [.. jobs.Select(ImportView.Of)];
    }
}
