using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class BusinessRuleTaskTests
{
    [Fact]
    public void The_host_decides()
    {
        var play = Play.StartWorking("start s; rule A; xor x; user B; user C; s -> A -> x; x -> B : level > 1; x -> C : default", _ => new(Play.Set(("level", 2))));
        Assert.Equal("B", play.Waiting);
    }
}
