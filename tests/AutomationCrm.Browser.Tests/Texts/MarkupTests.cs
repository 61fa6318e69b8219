using System.Diagnostics;
using System.Text.RegularExpressions;
using AutomationCrm.Browser.Tests.Support;

namespace AutomationCrm.Browser.Tests.Texts;

/// <summary>What the strict Content-Security-Policy and the icon sprite ask of the markup.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void No_page_has_inline_styles_scripts_or_handlers()
    {
        var found = SourceFiles.Pages.SelectMany(file => Forbidden().Matches(File.ReadAllText(file)).Select(match => $"{SourceFiles.Name(file)}: {match.Value}"));

        Assert.NotEmpty(SourceFiles.Pages);
        Assert.Equal([], found);
    }

    [Fact]
    public void Every_icon_in_use_is_in_the_sprite()
    {
        var sprite = File.ReadAllLines(Path.Combine(Repository.Client, "icons.txt")).Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
        var used = SourceFiles.Pages.SelectMany(file => Icons().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(used);
        Assert.Equal([], used.Except(sprite));
    }

    [Fact]
    public async Task The_scripts_pass_the_type_check()
    {
        var compiler = Path.Combine(Repository.Client, "node_modules", "typescript", "bin", "tsc");
        var start = new ProcessStartInfo("node") { UseShellExecute = false, WorkingDirectory = Repository.Client, RedirectStandardOutput = true, ArgumentList = { compiler, "-p", "tsconfig.json" } };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
    }

    [GeneratedRegex("""\sstyle=|\son[a-z]+="|\shx-on|\shx-vals='?"?js:|\shx-trigger="[^"]*\[|<style|<script(?![^>]*(\ssrc=|application/json))""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Forbidden();

    [GeneratedRegex("""<icon\s+name="(?<name>[a-z0-9-]+)" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 2000)]
    private static partial Regex Icons();
}
