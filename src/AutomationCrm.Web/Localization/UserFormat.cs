using System.Globalization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Localization;

internal sealed class UserFormat(IUserPreferences preferences, IStringLocalizer<Texts> texts, TimeProvider clock) : IUserFormat
{
    private CultureInfo Culture => preferences.Culture;

    public string Money(decimal? amount, string currency)
    {
        if (amount is not { } value) return "";
        var format = (NumberFormatInfo)Culture.NumberFormat.Clone();
        format.CurrencySymbol = CurrencySigns.Of(currency);
        // A code of letters needs a space after it, a sign does not.
        if (format.CurrencySymbol.Length > 1 && format.CurrencyPositivePattern == 0) (format.CurrencyPositivePattern, format.CurrencyNegativePattern) = (2, 9);
        return value.ToString(value == decimal.Truncate(value) ? "C0" : "C2", format);
    }

    public string Number(decimal value) => value.ToString(value == decimal.Truncate(value) ? "N0" : "N2", Culture);

    public string Percent(decimal share) => share.ToString("P0", Culture);

    public string Date(DateOnly date) => date.ToString("d MMM yyyy", Culture);

    public string Date(DateTimeOffset instant) => Local(instant).ToString("d MMM yyyy", Culture);

    public string Time(DateTimeOffset instant) => Local(instant).ToString("t", Culture);

    public string DateTime(DateTimeOffset instant) => Date(instant) + ", " + Time(instant);

    public string Relative(DateTimeOffset instant)
    {
        var distance = instant - clock.GetUtcNow();
        var (unit, count) = distance.Duration() switch
        {
            { TotalMinutes: < 1 } => ("now", 0),
            { TotalHours: < 1 } span => ("minutes", (int)span.TotalMinutes),
            { TotalDays: < 1 } span => ("hours", (int)span.TotalHours),
            { TotalDays: < 30 } span => ("days", (int)span.TotalDays),
            _ => ("date", 0),
        };
        if (unit == "date") return Date(instant);
        if (unit == "now") return texts["time.now"];
        return texts[distance < TimeSpan.Zero ? "time.ago" : "time.in", texts.Plural($"time.{unit}", count)];
    }

    public string Duration(TimeSpan duration)
    {
        (string Key, long Count)[] parts =
        [
            ("time.d", (long)duration.TotalDays), ("time.h", duration.Hours), ("time.min", duration.Minutes), ("time.s", duration.Seconds),
        ];
        var shown = parts.SkipWhile(part => part.Count == 0).Take(2).Where(part => part.Count > 0).Select(part => texts[part.Key, part.Count].Value).ToList();
        return shown.Count > 0 ? string.Join(' ', shown) : texts["time.s", 0];
    }

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, preferences.TimeZone);
}
