using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class ManualTaskTests
{
    [Fact]
    public void The_token_passes() => Assert.True(Play.Start("start s; manual A; end e; s -> A -> e").IsEnded);

    [Fact]
    public void With_a_boundary_event_it_still_passes_at_once() =>
        Assert.True(Play.Start("start s; manual A; boundary t on=A timer=PT1H; user L; end e; s -> A -> e; t -> L").IsEnded);
}
