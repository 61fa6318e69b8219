namespace AutomationCrm.Expressions.Tests;

/// <summary>Rows "formula => outcome" of a text table; empty lines and lines with a leading # are for the reader.</summary>
internal static class CaseTable
{
    public static TheoryData<string, string> Read(string table)
    {
        var rows = new TheoryData<string, string>();
        foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#')) continue;
            var split = line.LastIndexOf("=>", StringComparison.Ordinal);
            Assert.True(split > 0, line);
            rows.Add(line[..split].Trim(), line[(split + 2)..].Trim());
        }

        return rows;
    }
}
