using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Web.Localization;

/// <summary>Texts, formats and time zone by the person's setting.</summary>
internal static class CrmLocalization
{
    public static readonly string[] Languages = ["en", "ru"];
    private static readonly string[] Formats = ["en", "en-US", "en-GB", "ru", "ru-RU"];

    public static IServiceCollection AddCrmLocalization(this IServiceCollection services)
    {
        services.AddLocalization();
        services.TryAddScoped<IUserPreferences, HttpUserPreferences>();
        services.AddScoped<IUserFormat, UserFormat>();
        services.AddSingleton<ScriptTexts>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(HttpUserPreferences.DefaultCulture, "en");
            options.SupportedCultures = [.. Formats.Select(CultureInfo.GetCultureInfo)];
            options.SupportedUICultures = [.. Languages.Select(CultureInfo.GetCultureInfo)];
            options.RequestCultureProviders = [new UserCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        return services;
    }

    public static bool IsKnownCulture(string? name) => Formats.Contains(name, StringComparer.OrdinalIgnoreCase);
}
