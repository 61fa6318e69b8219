namespace AutomationCrm.Application.Import.Sales;

/// <summary>
/// Which account belongs to which, as the file says it: parents go in before their subsidiaries, whatever the order of the rows. An
/// account is as deep as it has parents above it in the same file.
/// </summary>
internal sealed class AccountTree
{
    /// <summary>Deeper accounts go in last and without their parent: a file is read once per level.</summary>
    public const int MostLevels = 16;

    private readonly Dictionary<string, string> parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> depths = new(StringComparer.Ordinal);

    /// <summary>The first row of an account counts.</summary>
    public void Add(string account, string parent)
    {
        if (account.Length > 0) parents.TryAdd(account, parent);
    }

    public int Levels => Math.Max(1, parents.Keys.Select(DepthOf).DefaultIfEmpty(0).Max() + 1);

    public bool Has(string account) => parents.ContainsKey(account);

    /// <summary>0 without a parent in the file; a circle is as deep as its first row found it, so that it is cut there.</summary>
    public int DepthOf(string account)
    {
        if (depths.TryGetValue(account, out var known)) return known;

        var path = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = account;
        while (parents.TryGetValue(at, out var parent) && !depths.ContainsKey(at) && seen.Add(at))
        {
            path.Add(at);
            at = parent;
        }

        // Where the way up ended: above the file, at a known account, or in a circle, which begins anew at its top.
        var depth = depths.TryGetValue(at, out var above) ? above + 1 : 0;
        for (var i = path.Count - 1; i >= 0; i--) depths[path[i]] = Math.Min(depth++, MostLevels);
        return depths.GetValueOrDefault(account);
    }

    /// <summary>Whether the parent is in by the time the account comes: it is not in a circle and not too deep.</summary>
    public bool ComesAfter(string account, string parent) => DepthOf(account) > DepthOf(parent);
}
