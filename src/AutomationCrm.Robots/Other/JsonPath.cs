using System.Globalization;
using System.Text.Json;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Other;

/// <summary>Places in JSON: <c>data.items[0].id</c>, also with a leading <c>$.</c>; names and numbers only, nothing is searched.</summary>
internal static class JsonPath
{
    private const int LongestText = 4_096;
    private const int MostItems = 100;
    private const int Deepest = 16;

    public static bool IsValid(string path) => Parts(path) is { Count: > 0 and <= Deepest };

    /// <summary>What stands there: text, number, yes or no, a list of them; objects as their JSON. Nothing there is no value.</summary>
    public static Value Read(JsonElement json, string path)
    {
        foreach (var part in Parts(path) ?? [])
        {
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(part, out var inner)) json = inner;
            else if (json.ValueKind == JsonValueKind.Array && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < json.GetArrayLength()) json = json[index];
            else return Value.Null;
        }

        return Of(json);
    }

    private static Value Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Value.Of(Cut(json.GetString()!)),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? Value.Of(number) : Value.Of(json.GetRawText()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Array => Value.Of(json.EnumerateArray().Take(MostItems).Select(Of)),
        JsonValueKind.Object => Value.Of(Cut(json.GetRawText())),
        _ => Value.Null,
    };

    // PostgreSQL's text has no NUL.
    private static string Cut(string text) => (text.Length > LongestText ? text[..LongestText] : text).Replace('\0', '\uFFFD');

    private static List<string>? Parts(string path)
    {
        var text = path.Trim();
        if (text.StartsWith('$')) text = text[1..].TrimStart('.');
        var parts = new List<string>();
        foreach (var piece in text.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            if (piece.Length is 0 or > 200) return null;
            parts.Add(piece.Trim('\'', '"'));
        }

        return parts;
    }
}
