using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Import;

/// <summary>The dirty rows of an import, in the order in which they were read.</summary>
/// <param name="Code">Only problems of this kind.</param>
/// <param name="After">The number of the last problem seen.</param>
public sealed record ListImportProblems(long ImportId, string? Code = null, int After = 0, int Most = 100) : IRequest<ImportProblemPage>;

/// <param name="Total">All problems of the kind asked for.</param>
/// <param name="Before">How many of them lie before this page.</param>
/// <param name="Next">To be asked for next; null on the last page.</param>
public sealed record ImportProblemPage(IReadOnlyList<ImportProblem> Problems, int Total, int Before, int? Next);

internal sealed class ListImportProblemsValidator : AbstractValidator<ListImportProblems>
{
    public ListImportProblemsValidator()
    {
        RuleFor(q => q.Most).InclusiveBetween(1, 5_000);
        RuleFor(q => q.After).GreaterThanOrEqualTo(0);
        RuleFor(q => q.Code).MaximumLength(50);
    }
}

internal sealed class ListImportProblemsHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListImportProblems, ImportProblemPage>
{
    public async Task<ImportProblemPage> Handle(ListImportProblems request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see imports");
        var all = db.ImportProblems.AsNoTracking().Where(p => p.ImportId == request.ImportId);
        if (request.Code is { Length: > 0 } code) all = all.Where(p => p.Code == code);
        var total = await all.CountAsync(cancellationToken);
        var before = request.After == 0 ? 0 : await all.CountAsync(p => p.Number <= request.After, cancellationToken);
        var page = await all.Where(p => p.Number > request.After).OrderBy(p => p.Number).Take(request.Most).ToListAsync(cancellationToken);
        return new(page, total, before, before + page.Count < total ? page[^1].Number : null);
    }
}
