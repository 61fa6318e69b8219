using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Import;

/// <summary>How far an import is, and its problems counted by kind.</summary>
public sealed record GetImport(long Id) : IRequest<ImportReport>;

/// <param name="PipelineId">The pipeline its deals stand in, as soon as there is one.</param>
/// <param name="ByCode">Problems by code, the most frequent first.</param>
public sealed record ImportReport(ImportView Import, int? PipelineId, IReadOnlyList<ProblemCount> ByCode);

public sealed record ProblemCount(string Code, int Count);

internal sealed class GetImportHandler(CrmDbContext db, IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetImport, ImportReport>
{
    public async Task<ImportReport> Handle(GetImport request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see imports");
        var job = await db.ImportJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == request.Id, cancellationToken)
            ?? throw new NotFoundException("Import", $"{request.Id}");
        var counts = await db.ImportProblems.AsNoTracking().Where(p => p.ImportId == request.Id)
            .GroupBy(p => p.Code).Select(g => new { Code = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var pipeline = ImportPresets.All.FirstOrDefault(p => p.Code == job.Preset)?.FindPipeline(await portal.FreshAsync(cancellationToken));
        return new(ImportView.Of(job), pipeline?.Id, [.. counts.OrderByDescending(c => c.Count).ThenBy(c => c.Code, StringComparer.Ordinal).Select(c => new ProblemCount(c.Code, c.Count))]);
    }
}
