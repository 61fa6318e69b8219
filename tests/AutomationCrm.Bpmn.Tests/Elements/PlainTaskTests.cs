using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class PlainTaskTests
{
    [Fact]
    public void The_token_passes_without_anybody_being_asked()
    {
        var play = Play.Start("start s; task A; end e; s -> A -> e");
        Assert.Equal((true, 1), (play.IsEnded, play.Times("A")));
    }

    [Fact]
    public void It_sends_as_many_tokens_as_its_completion_quantity() =>
        Assert.Equal("B B", Play.Start("start s; task A completes=2; user B; s -> A -> B").Waiting);

    [Fact]
    public void It_needs_as_many_tokens_as_its_start_quantity()
    {
        var play = Play.Start("start s; and f; user A; user B; task C starts=2; user D; s -> f -> A -> C -> D; f -> B -> C");
        Assert.Equal("B", play.Complete("A").Waiting);
        Assert.Equal("D", play.Complete("B").Waiting);
        Assert.True(play.Complete("D").IsEnded);
    }
}
