using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ComplexGatewayTests
{
    [Fact]
    public void As_a_split_it_takes_every_true_way() =>
        Assert.Equal("A B", Play.Start("start s; complex x; user A; user B; user C; s -> x; x -> A : true; x -> B : true; x -> C : false").Waiting);

    [Fact]
    public void After_the_rest_has_come_it_can_go_on_again()
    {
        var play = Play.Start("start s; xor m; and f; user A; user B; complex j activation=activationCount>=1; user E; s -> m -> f -> A -> j -> E -> m; f -> B -> j");
        Assert.Equal("B E", play.Complete("A").Waiting);
        Assert.Equal("E", play.Complete("B").Waiting);
        Assert.Equal("A B", play.Complete("E").Waiting);
        Assert.Equal("A E", play.Complete("B").Waiting);
    }

    [Fact]
    public void Without_a_condition_it_waits_for_all_that_can_come() =>
        Assert.Equal("E", Play.Start("start s; and f; user A; user B; complex j; user E; s -> f -> A -> j -> E; f -> B -> j").Complete("A").Complete("B").Waiting);

    [Fact]
    public void A_condition_that_fails_is_an_incident_and_can_be_retried()
    {
        var play = Play.Start("start s; and f; task A; user B; complex j activation=activationCount/n>=1; user E; s -> f -> A -> j -> E; f -> B -> j", ("n", 0));
        play.Send(now => new RetryIncident(play.Incidents.Single().Id) { Now = now, Variables = Play.Set(("n", 1)) });
        Assert.Equal("B E", play.Waiting);
    }
}
