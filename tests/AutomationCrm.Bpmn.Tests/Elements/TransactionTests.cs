using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class TransactionTests
{
    [Fact]
    public void Without_a_cancel_it_is_a_sub_process() => Assert.Equal("B", Play.Start("start s; tx x {; user A; }; user B; s -> x -> B").Complete("A").Waiting);

    [Fact]
    public void A_cancel_end_needs_a_cancel_boundary() => Assert.Contains(Diagram.Problems("start s; tx x {; end c cancel; }; s -> x"), p => p.Rule == "cancel");
}
