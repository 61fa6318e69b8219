using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.People;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Departments;

/// <summary>Adds a department (<paramref name="Id"/> null) or writes all its fields; answers its id. Administrators only.</summary>
public sealed record SaveDepartment(long? Id, string Name, long? ParentId, long? HeadId, int Sort = 0) : IRequest<long>;

internal sealed class SaveDepartmentValidator : AbstractValidator<SaveDepartment>
{
    public SaveDepartmentValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Sort).InclusiveBetween(0, 1_000_000);
    }
}

internal sealed class SaveDepartmentHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<SaveDepartment, long>
{
    public async Task<long> Handle(SaveDepartment request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change departments");
        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        var all = await db.Departments.ToListAsync(cancellationToken);
        var department = request.Id is { } id ? all.Find(d => d.Id == id) ?? throw new NotFoundException("Department", $"{id}") : new Department();
        await CheckAsync(request, department, all, cancellationToken);

        department.Name = request.Name.Trim();
        department.ParentId = request.ParentId;
        department.HeadId = request.HeadId;
        department.Sort = request.Sort;
        if (request.Id is null) db.Departments.Add(department);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return department.Id;
    }

    private async Task CheckAsync(SaveDepartment request, Department department, List<Department> all, CancellationToken ct)
    {
        if (request.ParentId is { } parent && all.TrueForAll(d => d.Id != parent))
            throw new RuleBrokenException("department.unknown", $"There is no department {parent}.", nameof(request.ParentId));
        if (request.Id is not null && new DepartmentTree(all).WouldCycle(department.Id, request.ParentId))
            throw new RuleBrokenException("department.cycle", $"{department.Name} cannot lie below itself.", nameof(request.ParentId));
        if (request.HeadId is { } head && !await db.People.AnyAsync(p => p.Id == head && p.IsActive, ct))
            throw new RuleBrokenException("department.head", "The head of a department is an active person.", nameof(request.HeadId));
    }
}
