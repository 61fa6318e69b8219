namespace AutomationCrm.Application.Import.Rows;

/// <summary>Which rows of a chunk are new: not without a key, not in already, not twice in the file.</summary>
internal static class OriginFilter
{
    private const int MostKey = 255;

    /// <param name="known">What is in, by its key; the rows answered are not added to it.</param>
    public static List<ImportRow> New(IReadOnlyList<ImportRow> rows, string key, IReadOnlyDictionary<string, long> known)
    {
        var (added, seen) = (new List<ImportRow>(rows.Count), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var value = row[key];
            if (value.Length == 0)
                row.Report(key, "", ProblemCodes.KeyMissing, "Without it the row cannot be told from others; the row was left out.");
            else if (value.Length > MostKey)
                row.Report(key, value, ProblemCodes.KeyMissing, $"It is longer than {MostKey} characters; the row was left out.");
            else if (known.TryGetValue(value, out var id))
                row.Report(key, value, ProblemCodes.RowExists, $"It is already there as number {id}; nothing was changed.");
            else if (!seen.Add(value))
                row.Report(key, value, ProblemCodes.RowExists, "It is already there by an earlier row of this file; nothing was changed.");
            else added.Add(row);
        }

        return added;
    }
}
