using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class AdHocSubProcessTests
{
    [Fact]
    public void It_offers_its_activities()
    {
        var step = Interpreter.Advance(Diagram.Model("start s; adhoc x {; user A; user B; A -> B; }; s -> x"), ProcessState.New, new StartInstance { Now = default });
        Assert.Equal(["A"], Assert.Single(step.Commands.OfType<OfferActivities>()).ActivityIds);
    }

    [Fact]
    public void Without_activities_it_is_refused() => Assert.Contains(Diagram.Problems("start s; adhoc x {; }; s -> x"), p => p is { ElementId: "x", Rule: "ad-hoc" });
}
