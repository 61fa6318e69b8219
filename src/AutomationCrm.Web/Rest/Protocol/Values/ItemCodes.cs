using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>Items in CRM bindings: D_1, CO_3, T80_6 (the type in hexadecimal).</summary>
internal static class ItemCodes
{
    private static readonly FrozenDictionary<int, string> Prefixes = new Dictionary<int, string>
    {
        [1] = "L",
        [2] = "D",
        [3] = "C",
        [4] = "CO",
        [5] = "I",
        [7] = "Q",
        [8] = "RQ",
        [14] = "O",
        [31] = "SI",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, int> Types = Prefixes.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.OrdinalIgnoreCase);

    public static string Write(ItemValue item) => $"{PrefixOf(item.TypeId)}_{item.Id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The short code of a type: D for deals, T80 for type 128.</summary>
    public static string PrefixOf(int typeId) => Prefixes.GetValueOrDefault(typeId) ?? "T" + typeId.ToString("x", CultureInfo.InvariantCulture);

    public static bool TryRead(string text, [NotNullWhen(true)] out ItemValue? item)
    {
        item = null;
        var split = text.IndexOf('_', StringComparison.Ordinal);
        if (split <= 0 || !long.TryParse(text.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 0) return false;
        if (TypeOf(text[..split]) is not { } type) return false;
        item = new ItemValue(type, id);
        return true;
    }

    /// <summary>The type of a short code, or null.</summary>
    public static int? TypeOf(string prefix)
    {
        if (Types.TryGetValue(prefix, out var type)) return type;
        return prefix is ['T' or 't', ..] && int.TryParse(prefix.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out type) && type > 0 ? type : null;
    }
}
