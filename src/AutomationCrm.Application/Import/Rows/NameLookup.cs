namespace AutomationCrm.Application.Import.Rows;

/// <summary>Finds what a name means; spelled with other blanks, signs or case it is found too, and the caller is told.</summary>
internal sealed class NameLookup<T>
    where T : notnull
{
    private readonly Dictionary<string, (string Name, T Value)> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, T Value)> loose = new(StringComparer.Ordinal);

    public int Count => exact.Count;

    public bool Has(string name) => exact.ContainsKey(name);

    /// <summary>The first of a name stays.</summary>
    public void Add(string name, T value)
    {
        exact.TryAdd(name, (name, value));
        if (Loosen(name) is { Length: > 0 } key) loose.TryAdd(key, (name, value));
    }

    /// <summary>The name as it is known and what it means; null when nothing of that name is known.</summary>
    public (string Name, T Value)? Find(string name) =>
        exact.TryGetValue(name, out var same) ? same
        : Loosen(name) is { Length: > 0 } key && loose.TryGetValue(key, out var like) ? like
        : null;

    private static string Loosen(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
