using AutomationCrm.Bpmn.Scenarios;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>The scenarios of the project, one per theme, through the scenario runner.</summary>
public sealed class ScenarioTests
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "Themes", "themes.json");

    public static TheoryData<string> Cases() => new(Manifest.Read(Path).Cases.Select(c => c.Id));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_theme_plays_as_written(string id) => Assert.All(ManifestRunner.Run(Path, id), run => Assert.Null(run.Problem));

    [Fact]
    public void A_run_that_goes_otherwise_fails_with_a_reason()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, "Themes", "models", "race.bpmn"), System.IO.Path.Combine(folder.FullName, "race.bpmn"));
            var manifest = System.IO.Path.Combine(folder.FullName, "m.json");
            File.WriteAllText(manifest, """{"cases":[{"id":"c","source":{"file":"race.bpmn"},"runs":[{"run":"r","steps":[{"start":"race"},{"expect_ended":true}]},{"run":"q","steps":[{"start":"race"},{"fly":1}]},{"run":"e","steps":[{"start":"nothing"},{"expect_error":true}]},{"run":"i","import":true,"expect":{"bpmn_element_counts":{"task":9}}}]}]}""");
            Assert.Equal(["c/r", "c/q", "c/i"], ManifestRunner.Run(manifest).Where(r => r.Problem is not null).Select(r => r.Id));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
