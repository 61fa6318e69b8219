using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Accounts;
using AutomationCrm.Web.Localization;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Preferences of a signed-in person are stored with the person; of anybody else in cookies.</summary>
internal sealed class PersonPreferences(IHttpContextAccessor accessor, ISender sender) : IUserPreferences
{
    private readonly HttpUserPreferences cookies = new(accessor);

    public CultureInfo Culture => cookies.Culture;

    public TimeZoneInfo TimeZone => cookies.TimeZone;

    public async Task SaveAsync(string? culture, string? timeZone, CancellationToken ct)
    {
        await cookies.SaveAsync(culture, timeZone, ct);
        if (accessor.HttpContext?.User.Identity is { IsAuthenticated: true })
            await sender.Send(new UpdateProfile { Language = culture, TimeZone = timeZone }, ct);
    }
}
