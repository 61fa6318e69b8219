namespace AutomationCrm.Domain.People;

/// <summary>A user of the portal. Demo people have no password and cannot sign in; "view as" shows the app through their eyes.</summary>
public sealed class Person
{
    public long Id { get; init; }

    public string? Login { get; set; }

    public string Name { get; set; } = "";

    public string LastName { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>For text messages.</summary>
    public string Phone { get; set; } = "";

    public string Position { get; set; } = "";

    public long? DepartmentId { get; set; }

    public bool IsAdmin { get; set; }

    public bool IsDemo { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>BCP 47, en or ru.</summary>
    public string Language { get; set; } = "en";

    /// <summary>IANA id.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>light, dark or system.</summary>
    public string Theme { get; set; } = "system";

    /// <summary>The first day on which somebody is away; null when it is open since when.</summary>
    public DateOnly? AbsentFrom { get; set; }

    /// <summary>The last day; null without an end. Both null: the person is here.</summary>
    public DateOnly? AbsentUntil { get; set; }

    public string? PasswordHash { get; set; }

    public int FailedLogins { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsAbsentOn(DateOnly day) =>
        (AbsentFrom ?? AbsentUntil) is not null && (AbsentFrom is not { } from || day >= from) && (AbsentUntil is not { } until || day <= until);

    public string FullName => string.Join(' ', new[] { Name, LastName }.Where(n => n.Length > 0));
}
