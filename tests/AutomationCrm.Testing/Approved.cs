using System.Runtime.CompilerServices;

namespace AutomationCrm.Testing;

/// <summary>Compares a text with the approved file beside the test; CRM_APPROVE=1 writes the file instead.</summary>
public static class Approved
{
    /// <param name="name">Distinguishes the texts of one test class.</param>
    /// <param name="actual">The text; line ends are normalised to LF, one line end is put at its end.</param>
    /// <param name="testFile">Filled by the compiler.</param>
    /// <exception cref="NotApprovedException">It differs; the received text lies beside the approved one.</exception>
    public static void Text(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{name}");
        var (approvedFile, receivedFile) = (stem + ".approved.txt", stem + ".received.txt");
        var received = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("CRM_APPROVE") == "1")
        {
            File.WriteAllText(approvedFile, received);
            File.Delete(receivedFile);
            return;
        }

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved == received)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        throw new NotApprovedException($"{FirstDifference(approved, received)}\nCompare {receivedFile} with {approvedFile}; run the test with CRM_APPROVE=1 to accept the new text.");
    }

    private static string FirstDifference(string approved, string received)
    {
        var (before, after) = (approved.Split('\n'), received.Split('\n'));
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line]) line++;
        return $"Line {line + 1} differs.\n  approved: {(line < before.Length ? before[line] : "(end)")}\n  received: {(line < after.Length ? after[line] : "(end)")}";
    }
}

/// <summary>A text differs from its approved file.</summary>
public sealed class NotApprovedException : Exception
{
    public NotApprovedException()
    {
    }

    public NotApprovedException(string message) : base(message)
    {
    }

    public NotApprovedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
