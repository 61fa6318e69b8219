using System.Text.RegularExpressions;
using AutomationCrm.Testing;

namespace AutomationCrm.Architecture.Tests;

/// <summary>The arrows between the rooms of Application, read from the sources' using lines.</summary>
public sealed partial class RoomTests
{
    [Theory]
    [InlineData("Crm/Items", "Automation", "Robots", "Processes", "Lanes")]
    [InlineData("Crm/Tasks", "Automation", "Robots", "Processes", "Lanes")]
    [InlineData("Crm/Query", "Automation", "Robots", "Processes", "Lanes")]
    [InlineData("Lanes", "Automation", "Robots", "Processes", "Crm")]
    [InlineData("Common", "Automation", "Robots", "Processes", "Crm")]
    [InlineData("People", "Automation", "Robots", "Processes", "Lanes")]
    public void A_room_does_not_look_up(string room, params string[] above)
    {
        var files = Sources($"src/AutomationCrm.Application/{room}");
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => Usings(f).Where(u => above.Any(a => u.StartsWith($"AutomationCrm.Application.{a}", StringComparison.Ordinal))).Select(u => $"{Path.GetFileName(f)} uses {u}")));
    }

    [Fact]
    public void Pages_speak_to_use_cases_only()
    {
        var files = Sources("src/AutomationCrm.Web/Pages");
        Assert.NotEmpty(files);
        string[] forbidden = ["AutomationCrm.Infrastructure", "AutomationCrm.Application.Lanes", "AutomationCrm.Application.Ports", "Microsoft.EntityFrameworkCore", "Npgsql"];
        Assert.Empty(files.SelectMany(f => Usings(f).Where(u => forbidden.Any(x => u.StartsWith(x, StringComparison.Ordinal))).Select(u => $"{Path.GetFileName(f)} uses {u}")));
        string[] deeper = ["CrmDbContext", "IUnitOfWork", "IWorkStore", "IIdSource"];
        Assert.Empty(files.Where(f => deeper.Any(File.ReadAllText(f).Contains)).Select(Path.GetFileName));
    }

    [Fact]
    public void Only_infrastructure_speaks_sql_to_the_driver()
    {
        var files = Sources("src").Where(f => !f.Contains("AutomationCrm.Infrastructure", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        string[] composition = ["PortalStart.cs"];
        Assert.Empty(files.Where(f => !composition.Contains(Path.GetFileName(f)) && Usings(f).Any(u => u.StartsWith("Npgsql", StringComparison.Ordinal))).Select(Path.GetFileName));
    }

    private static List<string> Sources(string folder) =>
        [.. Directory.EnumerateFiles(RepositoryRoot.File(folder.Split('/')), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    private static IEnumerable<string> Usings(string file) => UsingLine().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value);

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UsingLine();
}
