using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Properties;

/// <summary>
/// 10 models x 30 paths per commit; <c>BPMN_RANDOM=200x100</c> runs more.
/// </summary>
public sealed class RandomModelTests
{
    private static readonly (int Models, int Paths) Size = Environment.GetEnvironmentVariable("BPMN_RANDOM")?.Split('x') is [var models, var paths]
        ? (int.Parse(models), int.Parse(paths))
        : (10, 30);

    [Fact]
    public void Block_structured_diagrams_reach_their_end_on_every_path()
    {
        for (var seed = 1; seed <= Size.Models; seed++) Walk(seed, d => d.Structured());
    }

    [Fact]
    public void Unstructured_diagrams_with_ways_back_reach_their_end_on_every_path()
    {
        for (var seed = 1; seed <= Size.Models; seed++) Walk(seed, d => d.Unstructured());
    }

    private static void Walk(int seed, Func<RandomDiagram, string> draw)
    {
        var text = draw(new(seed));
        var model = Diagram.Model(text);
        for (var path = 0; path < Size.Paths; path++)
        {
            var problem = new RandomWalk(model, seed * 1000 + path).Run();
            Assert.True(problem is null, $"seed {seed}, path {path}: {problem}\n{text}");
        }
    }
}
