using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ReceiveTaskTests
{
    [Fact]
    public void It_waits_for_its_message_and_takes_over_what_it_brings()
    {
        var play = Play.Start("start s; receive r message=M; user A; s -> r -> A");
        Assert.True(play.Message("M", ("x", 1)));
        Assert.Equal(("A", "1"), (play.Waiting, play.Variable("x")!.ToString()));
    }

    [Fact]
    public void It_can_also_be_completed_by_hand() => Assert.True(Play.Start("start s; receive r message=M; s -> r").Complete("r").IsEnded);

    [Fact]
    public void Instantiating_it_starts_the_process()
    {
        var play = Play.Idle(Diagram.Model("receive r message=M instantiate; user A; r -> A"));
        Assert.True(play.Message("M"));
        Assert.Equal("A", play.Waiting);
        Assert.True(play.Message("M"));
        Assert.Equal("A A", play.Waiting);
    }

    [Theory]
    [InlineData("")]
    [InlineData("times=2 sequential")]
    public void An_uncaught_error_can_be_retried_or_resolved_without_losing_the_message(string marker)
    {
        var play = Play.Start($"start s; receive r message=M {marker}; user A; s -> r -> A").Throw("r", "E");
        play.Send(now => new RetryIncident(play.Incidents.Single().Id) { Now = now });
        Assert.Single(StateView.Awaited(play.Instance.Model, play.State));
        play.Throw("r", "E");
        play.Send(now => new ResolveIncident(play.Incidents.Single().Id) { Now = now });
        if (marker.Length > 0) play.Message("M");
        Assert.Equal("A", play.Waiting);
        Assert.Empty(StateView.Awaited(play.Instance.Model, play.State));
    }
}
