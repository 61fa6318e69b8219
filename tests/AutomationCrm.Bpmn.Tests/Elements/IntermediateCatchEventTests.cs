using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class IntermediateCatchEventTests
{
    [Theory]
    [InlineData("message=M")]
    [InlineData("signal=M")]
    [InlineData("timer=PT1H")]
    [InlineData("if=go")]
    public void It_waits_for_each_kind(string trigger)
    {
        var play = Play.Start($"start s; catch c {trigger}; user A; s -> c -> A");
        Assert.Equal("c", play.Waiting);
        play.Message("M");
        play.Signal("M").Clock("PT1H");
        if (play.Waiting == "c") play.Assign(("go", true));
        Assert.Equal("A", play.Waiting);
    }

    [Fact]
    public void A_timer_that_cannot_be_computed_is_an_incident_and_can_be_retried()
    {
        var play = Play.Start("start s; catch c timer=${when}; user A; s -> c -> A", ("when", "never"));
        play.Send(now => new RetryIncident(play.Incidents.Single().Id) { Now = now, Variables = Play.Set(("when", "PT1H")) });
        Assert.Equal("A", play.Clock("PT1H").Waiting);
    }
}
