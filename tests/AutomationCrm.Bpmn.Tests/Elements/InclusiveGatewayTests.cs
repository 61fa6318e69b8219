using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class InclusiveGatewayTests
{
    [Fact]
    public void In_a_loop_it_joins_what_was_forked()
    {
        var play = Play.Start("start s; xor m; or f; user A; user B; or j; xor x; end e; s -> m -> f; f -> A : true; f -> B : both; A -> j -> x; B -> j; x -> m : again; x -> e : default", ("again", true), ("both", true));
        play.Complete("A").Complete("B");
        Assert.Equal("A B", play.Waiting);
        play.Assign(("both", false), ("again", true)).Complete("A").Complete("B");
        Assert.Equal("A", play.Waiting);
        Assert.True(play.Assign(("again", false)).Complete("A").IsEnded);
    }
}
