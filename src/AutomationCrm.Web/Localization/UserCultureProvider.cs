using Microsoft.AspNetCore.Localization;

namespace AutomationCrm.Web.Localization;

/// <summary>The culture a person chose; nothing chosen leaves the decision to the browser's Accept-Language.</summary>
internal sealed class UserCultureProvider : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var chosen = HttpUserPreferences.Read(httpContext, HttpUserPreferences.CultureName);
        return Task.FromResult(CrmLocalization.IsKnownCulture(chosen) ? new ProviderCultureResult(chosen) : null);
    }
}
