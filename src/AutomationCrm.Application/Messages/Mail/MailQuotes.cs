namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Answers without what they quote.</summary>
public static class MailQuotes
{
    /// <summary>What was written anew, cut at the first quotation that goes to the end; the whole text when nothing else is left.</summary>
    public static string Cut(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!BeginsQuote(lines, i)) continue;

            var end = i;
            // The line that announces the quotation goes with it: "On Monday Anna wrote:".
            while (end > 0 && lines[end - 1].Trim().Length == 0) end--;
            if (end > 0 && lines[end - 1].TrimEnd().EndsWith(':')) end--;
            var cut = string.Join('\n', lines[..end]).Trim();
            return cut.Length > 0 ? cut : text.Trim();
        }

        return text.Trim();
    }

    private static bool BeginsQuote(string[] lines, int at) =>
        lines[at].StartsWith("-----", StringComparison.Ordinal) && lines[at].TrimEnd().EndsWith("-----", StringComparison.Ordinal)
        || (lines[at].StartsWith('>') && lines.Skip(at).All(l => l.StartsWith('>') || l.Trim().Length == 0));
}
