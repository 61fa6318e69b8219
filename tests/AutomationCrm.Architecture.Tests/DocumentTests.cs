using System.Text.RegularExpressions;
using AutomationCrm.Testing;

namespace AutomationCrm.Architecture.Tests;

/// <summary>What the documents promise: the tests they name exist, their links lead somewhere.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_test_that_the_comparison_names_exists()
    {
        var named = TestName().Matches(Text("docs/differences.md")).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        var there = Directory.EnumerateFiles(RepositoryRoot.File("tests"), "*Tests.cs", SearchOption.AllDirectories).SelectMany(Methods).ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 80, "The tables of docs/differences.md were not read.");
        Assert.Empty(named.Where(n => !there.Contains(n)));
    }

    [Fact]
    public void Every_pain_has_a_test_or_says_not_yet()
    {
        var rows = PainRow().Matches(Text("docs/differences.md")).ToList();

        Assert.Equal(Enumerable.Range(1, 30).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), rows.Select(r => r.Groups["number"].Value));
        Assert.Empty(rows.Where(r => !Answered(r.Value)).Select(r => r.Value));
    }

    [Fact]
    public void Every_rule_has_a_test_or_a_reason_or_says_no_test_yet()
    {
        var text = Text("docs/differences.md");
        var rows = RuleRow().Matches(text[text.IndexOf("## Rule by rule", StringComparison.Ordinal)..]).Select(r => r.Value).Where(r => !r.StartsWith("| ---", StringComparison.Ordinal) && !r.StartsWith("| rule |", StringComparison.Ordinal)).ToList();

        Assert.True(rows.Count > 70, "The tables of docs/differences.md were not read.");
        Assert.Empty(rows.Where(r => !Answered(r) && !r.Contains("different on purpose: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(RepositoryRoot.File("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryRoot.File("README.md")).ToList();

        Assert.True(pages.Count > 15, "The documents were not found.");
        Assert.Empty(pages.SelectMany(BrokenLinks));
    }

    private static bool Answered(string row) => TestName().IsMatch(row) || row.Contains("not yet", StringComparison.Ordinal) || row.Contains("no test yet", StringComparison.Ordinal);

    private static IEnumerable<string> Methods(string file) => Method().Matches(File.ReadAllText(file)).Select(m => $"{Path.GetFileNameWithoutExtension(file)}.{m.Groups["name"].Value}");

    private static IEnumerable<string> BrokenLinks(string page) => Link().Matches(File.ReadAllText(page)).Select(m => m.Groups["target"].Value)
        .Where(t => !t.Contains("://", StringComparison.Ordinal) && !Leads(page, t)).Select(t => $"{Path.GetFileName(page)} → {t}");

    private static bool Leads(string page, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        return Path.Exists(path) && (parts.Length == 1 || Headings(path).Contains(parts[1], StringComparer.Ordinal));
    }

    // As GitHub makes them: lower case, words joined by hyphens, other signs left out.
    private static IEnumerable<string> Headings(string page) =>
        Heading().Matches(File.ReadAllText(page)).Select(m => string.Concat(m.Groups["title"].Value.Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')));

    private static string Text(string path) => File.ReadAllText(RepositoryRoot.File(path.Split('/'))).ReplaceLineEndings("\n");

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*Tests\\.[A-Z][A-Za-z0-9]*_\\w+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(@"public (async )?(Task|ValueTask|void) (?<name>\w+)\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Method();

    [GeneratedRegex(@"^\| (?<number>\d+) \| .+ \|$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PainRow();

    [GeneratedRegex(@"^\| .+ \|$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex RuleRow();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,4} (?<title>.+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}
