using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class SubProcessTests
{
    [Fact]
    public void It_completes_when_everything_inside_is_done() =>
        Assert.Equal("C", Play.Start("start s; sub x {; user A; user B; }; user C; s -> x -> C").Complete("A").Complete("B").Waiting);

    [Fact]
    public void An_empty_one_passes() => Assert.Equal("C", Play.Start("start s; sub x {; }; user C; s -> x -> C").Waiting);

    [Fact]
    public void Its_inputs_are_its_own_variables()
    {
        var play = Play.Start("start s; sub x in=n:n+1 {; start i; script A script=n+1 result=n; user B; i -> A -> B; }; s -> x", ("n", 1));
        Assert.Equal("1", play.Variable("n")!.ToString());
        Assert.Equal("3", StateView.Scopes(play.Instance.Model, play.State).Single().Variables.Find("n")!.ToString());
    }

    [Fact]
    public void Its_start_cannot_have_a_trigger() => Assert.Contains(Diagram.Problems("start s; sub x {; start i message=M; user A; i -> A; }; s -> x"), p => p is { ElementId: "i", Rule: "sub-process-start" });
}
