using System.Globalization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Localization;

/// <summary>Texts that count: the keys end in .one, .few, .many, .other as the language needs them (CLDR's rules).</summary>
internal static class Plurals
{
    /// <summary>The text <paramref name="key"/> in the form for <paramref name="count"/>, which is its {0}.</summary>
    public static string Plural(this IStringLocalizer<Texts> texts, string key, long count, params object[] more)
    {
        object[] arguments = [count, .. more];
        var text = texts[$"{key}.{Form(CultureInfo.CurrentUICulture, count)}", arguments];
        return text.ResourceNotFound ? texts[$"{key}.other", arguments] : text;
    }

    private static string Form(CultureInfo culture, long count)
    {
        var n = Math.Abs(count);
        if (culture.TwoLetterISOLanguageName != "ru") return n == 1 ? "one" : "other";
        return (n % 10, n % 100) switch
        {
            (1, not 11) => "one",
            ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
            _ => "many",
        };
    }
}
