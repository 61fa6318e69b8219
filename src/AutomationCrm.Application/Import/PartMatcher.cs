using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Import;

/// <summary>Recognises a file by its header.</summary>
internal static class PartMatcher
{
    /// <summary>The part with the most columns of which none is missing; otherwise an error that names what the nearest part lacks.</summary>
    public static ImportPart Match(ImportPreset preset, string file, IReadOnlyList<string> headers)
    {
        var given = headers.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var whole = preset.Parts.Where(p => p.Headers.All(given.Contains)).MaxBy(p => p.Headers.Count);
        if (whole is not null) return whole;

        var nearest = preset.Parts.MaxBy(p => (double)p.Headers.Count(given.Contains) / p.Headers.Count)!;
        var missing = nearest.Headers.Where(h => !given.Contains(h)).ToList();
        if (missing.Count == nearest.Headers.Count)
            throw new RuleBrokenException("csv.header_unknown", $"{file} is none of the files of this preset: its columns are {string.Join(", ", headers.Where(h => h.Length > 0).Take(10))}.", file);
        throw new RuleBrokenException("csv.header_missing", $"{file} looks like \"{nearest.Code}\" but lacks {(missing.Count == 1 ? "the column" : "the columns")} {string.Join(", ", missing)}.", file);
    }
}
