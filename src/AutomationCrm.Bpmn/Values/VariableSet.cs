using System.Collections;

namespace AutomationCrm.Bpmn.Values;

/// <summary>Named values of one scope; immutable, order of first assignment. Made for the few dozen variables a process has.</summary>
public sealed class VariableSet : IReadOnlyCollection<KeyValuePair<string, Datum>>
{
    private readonly KeyValuePair<string, Datum>[] entries;

    private VariableSet(KeyValuePair<string, Datum>[] entries) => this.entries = entries;

    public static VariableSet Empty { get; } = new([]);

    public int Count => entries.Length;

    public static VariableSet From(IEnumerable<KeyValuePair<string, Datum>> values)
    {
        var set = Empty;
        foreach (var (name, value) in values) set = set.With(name, value);
        return set;
    }

    public static VariableSet Of(string name, Datum value) => new([KeyValuePair.Create(name, value)]);

    public Datum? Find(string name)
    {
        foreach (ref readonly var entry in entries.AsSpan())
            if (entry.Key == name) return entry.Value;
        return null;
    }

    public bool Has(string name) => Find(name) is not null;

    public VariableSet With(string name, Datum value)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key != name) continue;
            var changed = entries.AsSpan().ToArray();
            changed[i] = KeyValuePair.Create(name, value);
            return new(changed);
        }

        var grown = new KeyValuePair<string, Datum>[entries.Length + 1];
        entries.CopyTo(grown, 0);
        grown[^1] = KeyValuePair.Create(name, value);
        return new(grown);
    }

    public VariableSet With(VariableSet others)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (Count == 0) return others;
        var result = this;
        foreach (ref readonly var entry in others.entries.AsSpan()) result = result.With(entry.Key, entry.Value);
        return result;
    }

    internal ReadOnlySpan<KeyValuePair<string, Datum>> AsSpan() => entries;

    public IEnumerator<KeyValuePair<string, Datum>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, Datum>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
