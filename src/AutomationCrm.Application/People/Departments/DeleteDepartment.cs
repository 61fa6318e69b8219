using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Departments;

/// <summary>Removes a department without people and without departments below it. Administrators only.</summary>
public sealed record DeleteDepartment(long Id) : IRequest<Unit>;

internal sealed class DeleteDepartmentValidator : AbstractValidator<DeleteDepartment>
{
    public DeleteDepartmentValidator() => RuleFor(c => c.Id).GreaterThan(0);
}

internal sealed class DeleteDepartmentHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<DeleteDepartment, Unit>
{
    public async Task<Unit> Handle(DeleteDepartment request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete departments");
        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        if (await db.People.AnyAsync(p => p.DepartmentId == request.Id, cancellationToken) || await db.Departments.AnyAsync(d => d.ParentId == request.Id, cancellationToken))
            throw new RuleBrokenException("department.used", "There are people in this department, or departments below it. Move them first.");
        if (await db.Departments.Where(d => d.Id == request.Id).ExecuteDeleteAsync(cancellationToken) == 0) throw new NotFoundException("Department", $"{request.Id}");
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
