using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class StartEventTests
{
    [Fact]
    public void A_timer_starts_a_process_again_and_again()
    {
        var play = Play.Idle(Diagram.Model("start s timer=R3/PT1H; user A; s -> A"));
        Assert.Equal("A A A", play.Clock("P1D").Waiting);
    }

    [Fact]
    public void Its_trigger_brings_values()
    {
        var play = Play.Idle(Diagram.Model("start s message=M; user A; s -> A"));
        play.Message("M", ("x", 1));
        Assert.Equal("1", play.Variable("x")!.ToString());
    }

    [Fact]
    public void A_process_with_triggers_only_cannot_be_started_by_hand() =>
        Assert.NotNull(Interpreter.Advance(Diagram.Model("start s message=M; user A; s -> A"), ProcessState.New, new StartInstance { Now = default }).Ignored);

    [Fact]
    public void An_element_that_is_no_start_cannot_start_it() =>
        Assert.NotNull(Interpreter.Advance(Diagram.Model("start s; user A; s -> A"), ProcessState.New, new StartInstance { Now = default, StartEventId = "A" }).Ignored);

    [Fact]
    public void A_condition_starts_a_process_when_it_becomes_true()
    {
        var play = Play.Idle(Diagram.Model("start s if=n>1; user A; s -> A"));
        foreach (var n in new[] { 0, 2, 3, 1, 5 }) play.Simulator.Change(Play.Set(("n", n)));
        Assert.Equal("A A", play.Waiting);
    }
}
