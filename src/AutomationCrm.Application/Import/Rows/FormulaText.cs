namespace AutomationCrm.Application.Import.Rows;

/// <summary>Cells that spreadsheets would run (attack list A9).</summary>
internal static class FormulaText
{
    /// <summary>Blanks and control characters before it do not help.</summary>
    public static bool IsFormula(string text)
    {
        foreach (var letter in text)
        {
            if (letter is '\t' or '\r') return true;
            if (char.IsWhiteSpace(letter) || char.IsControl(letter)) continue;
            return letter is '=' or '+' or '-' or '@';
        }

        return false;
    }
}
