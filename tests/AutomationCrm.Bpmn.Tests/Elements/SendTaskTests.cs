using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class SendTaskTests
{
    [Fact]
    public void Its_message_reaches_who_waits_for_it()
    {
        var play = Play.Start("start s; and f; catch c message=M; user A; send t message=M; s -> f -> c -> A; f -> t");
        Assert.Equal("A", play.Waiting);
    }

    [Fact]
    public void Its_message_starts_a_process()
    {
        var other = Diagram.Model("start s message=M; user A; s -> A").Renamed("Q");
        Assert.Equal("A", Play.With([Diagram.Model("start s; send t message=M; s -> t"), other], null).Waiting);
    }
}
