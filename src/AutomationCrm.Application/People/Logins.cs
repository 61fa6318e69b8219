using AutomationCrm.Domain.People;

namespace AutomationCrm.Application.People;

/// <summary>Looking people up by login.</summary>
public static class Logins
{
    /// <summary>The people with a login, whatever its case: the comparison of the unique index person_login.</summary>
    public static IQueryable<Person> WithLogin(this IQueryable<Person> people, string login)
    {
        var lower = login.Trim().ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Becomes lower() of the database.
        return people.Where(p => p.Login != null && p.Login.ToLower() == lower);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}
