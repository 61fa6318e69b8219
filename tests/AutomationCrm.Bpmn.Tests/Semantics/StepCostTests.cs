using System.Text;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

public sealed class StepCostTests
{
    [Fact]
    public void A_step_allocates_the_same_few_bytes_per_token_however_many_there_are()
    {
        var (few, some, many) = (Bytes(10), Bytes(100), Bytes(1000));
        var early = (some - few) / 90.0;
        var late = (many - some) / 900.0;
        Assert.True(late is > 0 and < 20 && late < early * 1.3, $"{early:F1} bytes a token up to 100, {late:F1} up to 1,000");
    }

    private static long Bytes(int tokens)
    {
        var text = new StringBuilder("start s; and f; or j; end e; s -> f; j -> e");
        for (var i = 0; i < tokens; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"; service t{i}; f -> t{i} -> j");
        var model = Diagram.Model(text.ToString());
        var started = Interpreter.Advance(model, ProcessState.New, new StartInstance { Now = DateTimeOffset.UnixEpoch });
        var id = started.Commands.OfType<StartWork>().First().Id;
        Step(started.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Step(started.State);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        void Step(ProcessState state) => Interpreter.Advance(model, state, new CompleteActivity(id) { Now = DateTimeOffset.UnixEpoch });
    }
}
