using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AutomationCrm.Web.Rest.Protocol.Tree;

internal sealed class RestList(IReadOnlyList<RestValue> items) : RestValue
{
    public IReadOnlyList<RestValue> Items { get; } = items;

    public override bool IsContainer => true;

    public override bool IsEmpty => Items.Count == 0;

    public override IEnumerable<KeyValuePair<string, RestValue>> Entries =>
        Items.Select((item, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), item));

    public override RestValue? Find(string key) => RestKeys.TryIndex(key, out var index) && index < Items.Count ? Items[index] : null;
}

/// <summary>An ordered map with case-sensitive keys; <see cref="FindAnyCase"/> serves the names of parameters.</summary>
internal sealed class RestMap : RestValue, IEnumerable<KeyValuePair<string, RestValue>>
{
    private readonly OrderedDictionary<string, RestValue> _entries = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    public override bool IsContainer => true;

    public override bool IsEmpty => _entries.Count == 0;

    public override IEnumerable<KeyValuePair<string, RestValue>> Entries => _entries;

    /// <summary>Whether the keys are 0..n-1 in order, which PHP writes as an array.</summary>
    public bool IsArrayLike
    {
        get
        {
            var expected = 0;
            foreach (var (key, _) in _entries)
            {
                if (!RestKeys.TryIndex(key, out var index) || index != expected) return false;
                expected++;
            }

            return true;
        }
    }

    [DisallowNull]
    public RestValue? this[string key]
    {
        get => Find(key);
        set => _entries[key] = value;
    }

    public override RestValue? Find(string key) => _entries.GetValueOrDefault(key);

    public RestValue? FindAnyCase(string key)
    {
        if (_entries.TryGetValue(key, out var exact)) return exact;
        foreach (var (name, value) in _entries)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    public bool TryAdd(string key, RestValue value) => _entries.TryAdd(key, value);

    public void Add(string key, RestValue value) => _entries.Add(key, value);

    public bool Remove(string key) => _entries.Remove(key);

    public IEnumerator<KeyValuePair<string, RestValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class RestKeys
{
    /// <summary>A PHP array index: digits without sign and leading zeros.</summary>
    public static bool TryIndex(string key, out int index)
    {
        index = 0;
        if (key.Length is 0 or > 9 || (key[0] == '0' && key.Length > 1)) return false;
        return key.All(char.IsAsciiDigit) && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
