using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Directory;

/// <summary>Rules over several people; asked inside <see cref="ConfigurationLock"/>.</summary>
internal static class PersonRules
{
    public static async Task RequireFreeLoginAsync(CrmDbContext db, string? login, long personId, CancellationToken ct)
    {
        if (login is not null && await db.People.WithLogin(login).AnyAsync(p => p.Id != personId, ct))
            throw new RuleBrokenException("person.login", $"Somebody else has the login {login}.", nameof(PersonFields.Login));
    }

    public static async Task RequireDepartmentAsync(CrmDbContext db, long? departmentId, CancellationToken ct)
    {
        if (departmentId is { } id && !await db.Departments.AnyAsync(d => d.Id == id, ct))
            throw new RuleBrokenException("department.unknown", $"There is no department {id}.", nameof(PersonFields.DepartmentId));
    }

    public static async Task RequireOtherAdministratorAsync(CrmDbContext db, Person leaving, CancellationToken ct)
    {
        if (!await db.People.AnyAsync(p => p.Id != leaving.Id && p.IsAdmin && p.IsActive && !p.IsDemo && p.Login != null, ct))
            throw new RuleBrokenException("person.lastadmin", $"{leaving.FullName} is the last administrator. Make somebody else one first.", nameof(PersonFields.IsAdmin));
    }

    public static async Task RequireHeadOfNothingAsync(CrmDbContext db, Person leaving, CancellationToken ct)
    {
        if (await db.Departments.Where(d => d.HeadId == leaving.Id).Select(d => d.Name).FirstOrDefaultAsync(ct) is { } department)
            throw new RuleBrokenException("person.head", $"{leaving.FullName} heads {department}. Name another head first.");
    }
}
