using System.Globalization;
using System.Security.Claims;
using AutomationCrm.Web.Localization;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Who reads this page. <see cref="Id"/>, <see cref="Name"/> and <see cref="IsAdmin"/> are the demo person's while an administrator looks as one.</summary>
public interface ICurrentPerson
{
    bool IsSignedIn { get; }

    /// <summary>0 for somebody who is not signed in.</summary>
    long Id { get; }

    string Name { get; }

    string Position { get; }

    bool IsAdmin { get; }

    /// <summary>Who really signed in.</summary>
    long SignedInId { get; }

    bool IsViewingAs { get; }

    CultureInfo Culture { get; }

    TimeZoneInfo TimeZone { get; }

    /// <summary>light, dark or system.</summary>
    string Theme { get; }
}

internal sealed class CurrentPerson(IHttpContextAccessor accessor, IUserPreferences preferences) : ICurrentPerson
{
    public bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    public long Id => PersonClaims.IdOf(User, ClaimTypes.NameIdentifier);

    public string Name => User.FindFirstValue(ClaimTypes.Name) ?? "";

    public string Position => User.FindFirstValue(PersonClaims.Position) ?? "";

    public bool IsAdmin => User.HasClaim(PersonClaims.Admin, "1");

    public long SignedInId => PersonClaims.IdOf(User, PersonClaims.SignedInId);

    public bool IsViewingAs => User.HasClaim(c => c.Type == PersonClaims.ViewingAs);

    public CultureInfo Culture => preferences.Culture;

    public TimeZoneInfo TimeZone => preferences.TimeZone;

    public string Theme => User.FindFirstValue(PersonClaims.Theme) ?? "system";

    private ClaimsPrincipal User => accessor.HttpContext?.User ?? new ClaimsPrincipal();
}
