using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class EventBasedGatewayTests
{
    [Fact]
    public void A_receive_task_can_follow_it()
    {
        var play = Play.Start("start s; events g; receive r message=M; catch t timer=PT1H; user A; user B; s -> g -> r -> A; g -> t -> B");
        play.Message("M", ("x", 1));
        Assert.Equal(("A", "1"), (play.Clock("PT2H").Waiting, play.Variable("x")!.ToString()));
    }

    [Fact]
    public void Instantiating_it_starts_the_process_with_the_first_event()
    {
        var play = Play.Idle(Diagram.Model("events g instantiate; catch a message=A; catch b message=B; user X; user Y; g -> a -> X; g -> b -> Y"));
        Assert.True(play.Message("B"));
        Assert.Equal("Y", play.Waiting);
    }

    [Fact]
    public void A_parallel_one_starts_with_any_event_and_waits_for_the_others()
    {
        var play = Play.Idle(Diagram.Model("events g instantiate parallel; catch a message=A; catch b message=B; and j; user X; g -> a -> j -> X; g -> b -> j"));
        Assert.True(play.Message("B"));
        Assert.Equal("a", play.Waiting);
        Assert.True(play.Message("A"));
        Assert.Equal(("X", 1), (play.Waiting, play.Simulator.Instances.Count));
    }
}
