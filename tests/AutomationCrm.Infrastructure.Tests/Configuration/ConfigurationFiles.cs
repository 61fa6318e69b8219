using System.Text.RegularExpressions;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Configuration;

/// <summary>What docs/configuration.md, .env.example, docker-compose.yml and the Dockerfile say, as lists of keys.</summary>
internal static partial class ConfigurationFiles
{
    /// <summary>Key and default of every table row, by the heading above the table.</summary>
    public static IReadOnlyList<(string Heading, string Key, string Default)> Documented { get; } = [.. ReadTables()];

    /// <summary>Key and value of every line, commented out or not.</summary>
    public static IReadOnlyDictionary<string, string> Example { get; } =
        Lines(".env.example").Select(l => ExampleLine().Match(l)).Where(m => m.Success).ToDictionary(m => m.Groups["key"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);

    public static string Compose { get; } = Text("docker-compose.yml");

    public static string Dockerfile { get; } = Text("src", "AutomationCrm.Web", "Dockerfile");

    /// <summary>The environment of the service app.</summary>
    public static IReadOnlyDictionary<string, string> ComposeEnvironment { get; } =
        ComposeApp().Matches(Compose).Single().Groups["line"].Captures.Select(c => c.Value.Trim().Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.Ordinal);

    /// <summary>Every ${NAME:-default} and ${NAME:?message}.</summary>
    public static IReadOnlyList<(string Name, string? Default)> ComposeVariables { get; } =
        [.. ComposeVariable().Matches(Compose).Select(m => (m.Groups["name"].Value, m.Groups["default"] is { Success: true } d ? d.Value : null)).Distinct()];

    public static string Text(params ReadOnlySpan<string> path) => File.ReadAllText(RepositoryRoot.File(path)).ReplaceLineEndings("\n");

    private static string[] Lines(params ReadOnlySpan<string> path) => Text(path).Split('\n');

    private static IEnumerable<(string Heading, string Key, string Default)> ReadTables()
    {
        var heading = "";
        foreach (var line in Lines("docs", "configuration.md"))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) heading = line[3..];
            if (TableRow().Match(line) is { Success: true } row) yield return (heading, row.Groups["key"].Value, row.Groups["default"].Value.Trim('`'));
        }
    }

    [GeneratedRegex(@"^\| `(?<key>\w+)` \| (?<default>.+?) \| .+ \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^#?(?<key>[A-Za-z]\w*_\w+)=(?<value>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExampleLine();

    [GeneratedRegex(@"^  app:\n(    .*\n)*?    environment:\n(?<line>      .*\n)+", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ComposeApp();

    [GeneratedRegex(@"\$\{(?<name>\w+):(-(?<default>[^}]*)|\?[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ComposeVariable();
}
