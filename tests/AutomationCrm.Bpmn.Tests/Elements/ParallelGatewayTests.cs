using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ParallelGatewayTests
{
    [Fact]
    public void It_forks_and_joins() => Assert.Equal("C", Play.Start("start s; and f; user A; user B; and j; user C; s -> f -> A -> j -> C; f -> B -> j").Complete("B").Complete("A").Waiting);

    [Fact]
    public void In_a_loop_it_joins_again_and_again()
    {
        var play = Play.Start("start s; xor m; and f; user A; user B; and j; xor x; end e; s -> m -> f -> A -> j -> x; f -> B -> j; x -> m : again; x -> e : default", ("again", true));
        for (var i = 0; i < 3; i++) play.Complete("A").Complete("B");
        Assert.True(play.Assign(("again", false)).Complete("A").Complete("B").IsEnded);
        Assert.Equal(4, play.Times("j"));
    }
}
