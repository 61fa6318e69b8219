using System.Globalization;

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
                row.Report(key, "", ProblemCodes.KeyMissing, RowNotes.NoKey);
            else if (value.Length > MostKey)
                row.Report(key, value, ProblemCodes.KeyMissing, RowNotes.KeyTooLong, $"{MostKey}");
            else if (known.TryGetValue(value, out var id))
                row.Report(key, value, ProblemCodes.RowExists, RowNotes.ThereAsItem, id.ToString(CultureInfo.InvariantCulture));
            else if (!seen.Add(value))
                row.Report(key, value, ProblemCodes.RowExists, RowNotes.ThereByRow);
            else added.Add(row);
        }

        return added;
    }
}
