namespace AutomationCrm.Application.Import.Rows;

internal static class Lookups
{
    /// <summary>What a name means, and a report when it is unknown or spelled differently.</summary>
    public static T? Find<T>(ImportRow row, string header, string name, NameLookup<T> lookup, string unknownCode, string unknownNote)
        where T : struct
    {
        if (lookup.Find(name) is not { } found)
        {
            row.Report(header, name, unknownCode, unknownNote);
            return null;
        }

        if (found.Name != name) row.Report(header, name, ProblemCodes.Corrected, RowNotes.ReadAs, found.Name);
        return found.Value;
    }
}
