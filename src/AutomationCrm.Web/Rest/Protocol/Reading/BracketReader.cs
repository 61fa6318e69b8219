using System.Globalization;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Reading;

/// <summary>
/// Reads name=value pairs with PHP brackets (<c>filter[&gt;ID]=1</c>, <c>select[]=ID</c>) into a tree. A later pair replaces
/// an earlier one of the same name; brackets and other signs may be percent-encoded or raw.
/// </summary>
internal sealed class BracketReader(RestTreeGuard guard)
{
    private readonly RestMap _root = [];

    /// <summary>Parses a query string or an urlencoded body, without a leading question mark.</summary>
    public static RestMap Parse(string raw, RestLimits limits)
    {
        var reader = new BracketReader(new RestTreeGuard(limits));
        reader.AddAll(raw);
        return reader.Finish();
    }

    public void AddAll(string raw)
    {
        foreach (var range in raw.AsSpan().Split('&'))
        {
            var pair = raw.AsSpan(range);
            if (pair.IsEmpty) continue;
            var (name, value) = SplitPair(pair);
            if (name.Length > 0) Add(name, RestValue.Of(value));
        }
    }

    public void Add(string name, RestValue value)
    {
        guard.CountValue();
        var segments = Segments(RestTreeGuard.Clean(name));
        guard.Enter(segments.Count);
        var map = _root;
        for (var i = 0; i < segments.Count - 1; i++) map = Descend(map, segments[i]);
        Put(map, segments[^1], value);
    }

    /// <summary>The tree, with every map of keys 0..n-1 below the top turned into a list.</summary>
    public RestMap Finish()
    {
        foreach (var (key, value) in _root.ToArray()) _root[key] = Settle(value);
        return _root;
    }

    private static (string Name, string Value) SplitPair(ReadOnlySpan<char> pair)
    {
        var split = EqualsOutsideBrackets(pair);
        return split < 0 ? (Decode(pair), "") : (Decode(pair[..split]), RestTreeGuard.Clean(Decode(pair[(split + 1)..])));
    }

    // Raw keys such as filter[>=ID]=1 carry an equals sign of their own.
    private static int EqualsOutsideBrackets(ReadOnlySpan<char> pair)
    {
        var open = false;
        for (var i = 0; i < pair.Length; i++)
        {
            if (pair[i] == '=' && !open) return i;
            if (Is(pair, i, '[', "5b")) open = true;
            else if (Is(pair, i, ']', "5d")) open = false;
        }

        return pair.IndexOf('=');
    }

    private static bool Is(ReadOnlySpan<char> text, int at, char sign, string code) =>
        text[at] == sign || (text[at] == '%' && at + 2 < text.Length && text.Slice(at + 1, 2).Equals(code, StringComparison.OrdinalIgnoreCase));

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));

    private static List<string> Segments(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0) return [name];
        var segments = new List<string> { name[..open] };
        while (open >= 0 && open < name.Length && name[open] == '[')
        {
            var close = name.IndexOf(']', open);
            if (close < 0) break;
            segments.Add(name[(open + 1)..close]);
            open = close + 1;
        }

        return segments.Count == 1 ? [name] : segments;
    }

    private RestMap Descend(RestMap map, string segment)
    {
        if (segment.Length > 0 && map.Find(segment) is RestMap existing) return existing;
        var created = new RestMap();
        Put(map, segment, created);
        return created;
    }

    private void Put(RestMap map, string segment, RestValue value)
    {
        map[segment.Length == 0 ? NextIndex(map) : segment] = value;
        // Lists are bounded by the number of values, named groups by their keys.
        if (!RestKeys.TryIndex(segment, out _) && segment.Length > 0) guard.CheckKeys(map);
    }

    private static string NextIndex(RestMap map)
    {
        // Appending counts on from the entries there are; PHP continues after the highest index, which is the same for lists.
        var index = map.Count;
        while (map.Find(index.ToString(CultureInfo.InvariantCulture)) is not null) index++;
        return index.ToString(CultureInfo.InvariantCulture);
    }

    private static RestValue Settle(RestValue value)
    {
        if (value is not RestMap map) return value;
        foreach (var (key, child) in map.ToArray()) map[key] = Settle(child);
        return map.IsArrayLike ? RestValue.List(map.Select(e => e.Value)) : map;
    }
}
