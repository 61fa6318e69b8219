using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class ChainOrderTests
{
    [Theory]
    [InlineData("a b> c", "c", "a", "c a b>")] // before a head: a chain of its own
    [InlineData("a b> c", "c", "b", "a c> b>")] // inside a chain: it joins
    [InlineData("a b> c d>", "a", null, "b c d> a")] // who stood behind it closes up
    [InlineData("a b> c> d", "a b", null, "c d a b>")] // neighbours of a chain stay joined
    [InlineData("a b>", "b", "a", "b a")]
    public void Robots_are_put_elsewhere_and_no_strangers_are_tied_together(string before, string moved, string? target, string after)
    {
        var (robots, keys) = (Read(before), moved.Split(' ').ToHashSet());

        var placed = ChainOrder.Insert(ChainOrder.Without(robots, keys), ChainOrder.Only(robots, keys), target);

        Assert.Equal(after, string.Join(' ', placed.Select(r => r.Key + (r.AfterPrevious ? ">" : ""))));
    }

    private static List<RobotConfig> Read(string robots) => [.. robots.Split(' ').Select(r => new RobotConfig { Key = r.TrimEnd('>'), AfterPrevious = r.EndsWith('>') })];
}
