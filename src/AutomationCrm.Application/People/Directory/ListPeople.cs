using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Directory;

/// <summary>All people by name, the active ones first; <paramref name="Id"/> narrows to one. Administrators only: pickers read the portal's snapshot.</summary>
public sealed record ListPeople(long? Id = null) : IRequest<IReadOnlyList<PersonRow>>;

public sealed record PersonRow(long Id, string FullName, PersonFields Fields, bool IsDemo, bool IsActive, bool HasPassword, string Department, DateTimeOffset? LockedUntil);

internal sealed class ListPeopleHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListPeople, IReadOnlyList<PersonRow>>
{
    public async Task<IReadOnlyList<PersonRow>> Handle(ListPeople request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "list people");
        var departments = await db.Departments.AsNoTracking().ToDictionaryAsync(d => d.Id, d => d.Name, cancellationToken);
        var people = await db.People.AsNoTracking()
            .Where(p => request.Id == null || p.Id == request.Id)
            .OrderByDescending(p => p.IsActive).ThenBy(p => p.Name).ThenBy(p => p.LastName).ThenBy(p => p.Id)
            .ToListAsync(cancellationToken);
        return [.. people.Select(p => Row(p, p.DepartmentId is { } id ? departments.GetValueOrDefault(id, "") : ""))];
    }

    private static PersonRow Row(Person p, string department) =>
        new(p.Id, p.FullName, new(p.Name, p.LastName, p.Email, p.Login, p.Position, p.DepartmentId, p.IsAdmin) { Phone = p.Phone, AbsentFrom = p.AbsentFrom, AbsentUntil = p.AbsentUntil }, p.IsDemo, p.IsActive, p.PasswordHash is not null, department, p.LockedUntil);
}
