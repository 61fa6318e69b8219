using System.Collections.Immutable;

namespace AutomationCrm.Bpmn.Values;

/// <summary>
/// A value of a process variable: null, truth, number, text, list, map, or a typed scalar the host knows
/// (<c>date</c>, <c>user</c> …) that is carried and compared but never interpreted. Closed set, equal by content.
/// </summary>
public abstract record Datum
{
    private static readonly NumberDatum[] Small = [.. Enumerable.Range(0, 256).Select(n => new NumberDatum(n))];

    private protected Datum()
    {
    }

    public static Datum Null { get; } = new NullDatum();

    public static Datum True { get; } = new BoolDatum(true);

    public static Datum False { get; } = new BoolDatum(false);

    public static Datum Of(bool value) => value ? True : False;

    public static Datum Of(int value) => value is >= 0 and < 256 ? Small[value] : new NumberDatum(value);

    public static Datum Of(decimal value) => new NumberDatum(value);

    public static Datum Of(string? value) => value is null ? Null : new TextDatum(value);

    public static Datum Of(params IEnumerable<Datum> items) => new ListDatum([.. items]);

    public static Datum Map(params IEnumerable<KeyValuePair<string, Datum>> entries) =>
        new MapDatum(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, entries));
}

public sealed record NullDatum : Datum
{
    internal NullDatum()
    {
    }

    public override string ToString() => "null";
}

public sealed record BoolDatum(bool Flag) : Datum
{
    public override string ToString() => Flag ? "true" : "false";
}

public sealed record NumberDatum(decimal Number) : Datum
{
    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public sealed record TextDatum(string Text) : Datum
{
    public override string ToString() => Text;
}

/// <summary>A scalar of the host, for example type <c>date</c> with text <c>2026-01-31</c>.</summary>
public sealed record TypedDatum(string Type, string Text) : Datum
{
    public override string ToString() => Text;
}

public sealed record ListDatum(ImmutableArray<Datum> Items) : Datum
{
    public bool Equals(ListDatum? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", Items)}]";
}

public sealed record MapDatum(ImmutableSortedDictionary<string, Datum> Entries) : Datum
{
    public bool Equals(MapDatum? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in Entries)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"{{{string.Join(", ", Entries.Select(e => $"{e.Key}: {e.Value}"))}}}";
}
