using System.Globalization;

namespace AutomationCrm.Application.Documents.Html;

/// <summary>The named characters people write in HTML; XML knows five of them only.</summary>
internal static class HtmlEntities
{
    private static readonly Dictionary<string, int> Named = new(StringComparer.Ordinal)
    {
        ["nbsp"] = 160,
        ["copy"] = 169,
        ["reg"] = 174,
        ["sect"] = 167,
        ["para"] = 182,
        ["deg"] = 176,
        ["middot"] = 183,
        ["laquo"] = 171,
        ["raquo"] = 187,
        ["ndash"] = 8211,
        ["mdash"] = 8212,
        ["lsquo"] = 8216,
        ["rsquo"] = 8217,
        ["ldquo"] = 8220,
        ["rdquo"] = 8221,
        ["bdquo"] = 8222,
        ["hellip"] = 8230,
        ["bull"] = 8226,
        ["euro"] = 8364,
        ["pound"] = 163,
        ["yen"] = 165,
        ["times"] = 215,
        ["trade"] = 8482,
        ["numero"] = 8470,
        ["thinsp"] = 8201,
        ["shy"] = 173,
    };

    public static string ToNumbers(string html)
    {
        foreach (var (name, code) in Named) html = html.Replace($"&{name};", string.Create(CultureInfo.InvariantCulture, $"&#{code};"), StringComparison.Ordinal);
        return html;
    }
}
