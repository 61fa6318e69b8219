using System.Collections.Frozen;

namespace AutomationCrm.Web.Localization;

/// <summary>Signs people know without thinking; any other currency shows its ISO code.</summary>
internal static class CurrencySigns
{
    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["RUB"] = "₽",
        ["JPY"] = "¥",
        ["INR"] = "₹",
        ["UAH"] = "₴",
        ["KZT"] = "₸",
        ["TRY"] = "₺",
        ["PLN"] = "zł",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string currency) => Signs.GetValueOrDefault(currency, currency);
}
