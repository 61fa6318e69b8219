using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Texts;

/// <summary>The web project's own files.</summary>
internal static class SourceFiles
{
    public static IReadOnlyList<string> Pages { get; } = Under(Path.Combine(Repository.Web, "Pages"), "*.cshtml");

    public static IReadOnlyList<string> Code { get; } = [.. Under(Repository.Web, "*.cs").Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    public static IReadOnlyList<string> Scripts { get; } = Under(Path.Combine(Repository.Client, "src"), "*.ts");

    public static string Name(string file) => Path.GetRelativePath(Repository.Web, file);

    private static List<string> Under(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
