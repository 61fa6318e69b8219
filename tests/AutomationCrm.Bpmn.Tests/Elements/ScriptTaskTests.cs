using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ScriptTaskTests
{
    [Fact]
    public void It_computes_its_expression_into_a_variable() =>
        Assert.Equal("6", Play.Start("start s; script A script=n*2 result=m; user B; s -> A -> B", ("n", 3)).Variable("m")!.ToString());

    [Fact]
    public void A_script_that_fails_is_an_incident_and_can_be_retried()
    {
        var play = Play.Start("start s; script A script=1/n result=m; user B; s -> A -> B", ("n", 0));
        play.Send(now => new RetryIncident(play.Incidents.Single().Id) { Now = now, Variables = Play.Set(("n", 2)) });
        Assert.Equal("B", play.Waiting);
    }

    [Fact]
    public void Without_a_script_it_is_refused() => Assert.Contains(Diagram.Problems("start s; script A; s -> A"), p => p is { ElementId: "A", Rule: "script" });

    [Fact]
    public void A_data_object_is_a_variable_of_its_scope()
    {
        var play = Play.Start("start s; sub x {; data total; start i; script A script=5 result=total; user B; i -> A -> B; }; s -> x");
        Assert.Null(play.Variable("total"));
        var inner = StateView.Scopes(play.Instance.Model, play.State).Single();
        Assert.Equal("5", inner.Variables.Find("total")!.ToString());
    }
}
