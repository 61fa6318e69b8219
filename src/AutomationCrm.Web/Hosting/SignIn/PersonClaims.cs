using System.Globalization;
using System.Security.Claims;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Localization;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The claims of a signed-in person. Id, name and rights are those of the acting person; language, zone and theme belong to who reads.</summary>
internal static class PersonClaims
{
    public const string Admin = "crm.admin";
    public const string SignedInId = "crm.signed-in";
    public const string ViewingAs = "crm.viewing-as";
    public const string Position = "crm.position";
    public const string Theme = "crm.theme";

    public static ClaimsPrincipal Of(SessionView session, string scheme)
    {
        var (acting, reader) = (session.Acting, session.SignedIn);
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, acting.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, acting.Name),
            new(Position, acting.Position),
            new(SignedInId, reader.Id.ToString(CultureInfo.InvariantCulture)),
            new(HttpUserPreferences.CultureName, reader.Language),
            new(HttpUserPreferences.TimeZoneName, reader.TimeZone),
            new(Theme, reader.Theme),
        ];
        if (acting.IsAdmin) claims.Add(new(Admin, "1"));
        if (session.ViewAs is not null) claims.Add(new(ViewingAs, acting.Name));
        return new(new ClaimsIdentity(claims, scheme));
    }

    public static long IdOf(ClaimsPrincipal person, string claim) =>
        long.TryParse(person.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
