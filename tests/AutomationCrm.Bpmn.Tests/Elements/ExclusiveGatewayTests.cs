using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ExclusiveGatewayTests
{
    [Fact]
    public void It_takes_one_way_and_merges_without_waiting() =>
        Assert.Equal("C C", Play.Start("start s; and f; xor m; user C; s -> f -> m -> C; f -> m").Waiting);

    [Fact]
    public void A_condition_that_is_no_truth_is_an_incident() =>
        Assert.Equal("expression", Assert.Single(Play.Start("start s; xor x; user A; user B; s -> x; x -> A : n; x -> B : default", ("n", 5)).Incidents).Code);

    [Fact]
    public void A_person_can_say_which_way_to_take()
    {
        var play = Play.Start("start s; xor x; user A; user B; s -> x; x -> A : n == 1; x -> B : n == 2", ("n", 5));
        var incident = play.Incidents.Single();
        Assert.NotNull(play.Send(now => new ResolveIncident(incident.Id) { Now = now, FlowId = "nowhere" }).Ignored);
        play.Send(now => new ResolveIncident(incident.Id) { Now = now, FlowId = "f3_x_B" });
        Assert.Equal("B", play.Waiting);
    }
}
