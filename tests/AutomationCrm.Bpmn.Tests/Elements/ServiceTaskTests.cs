using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ServiceTaskTests
{
    [Fact]
    public void It_waits_until_the_host_answers()
    {
        var play = Play.StartWorking("start s; service A; user B; s -> A -> B", _ => null);
        Assert.Equal("A", play.Waiting);
        Assert.Equal("B", play.Complete("A").Waiting);
    }

    [Fact]
    public void Broken_work_is_an_incident_that_can_be_retried_or_resolved()
    {
        var calls = 0;
        var play = Play.StartWorking("start s; service A; user B; s -> A -> B", _ => ++calls == 1 ? new(Play.Set(), Failure: "timeout") : AutomationCrm.Bpmn.Simulation.WorkAnswer.Done);
        var incident = Assert.Single(play.Incidents);
        play.Send(now => new RetryIncident(incident.Id) { Now = now });
        Assert.Equal((2, "B"), (calls, play.Waiting));

        play = Play.StartWorking("start s; service A; user B; s -> A -> B", _ => new(Play.Set(), Failure: "timeout"));
        play.Send(now => new ResolveIncident(play.Incidents.Single().Id) { Now = now, Variables = Play.Set(("by", "hand")) });
        Assert.Equal(("B", "hand"), (play.Waiting, play.Variable("by")!.ToString()));
    }

    [Fact]
    public void It_can_throw_a_business_error_with_values()
    {
        var play = Play.StartWorking("start s; service A; boundary b on=A error=E; user B; s -> A; b -> B", _ => new(Play.Set(("why", "empty")), ErrorCode: "E"));
        Assert.Equal(("B", "empty"), (play.Waiting, play.Variable("why")!.ToString()));
    }
}
