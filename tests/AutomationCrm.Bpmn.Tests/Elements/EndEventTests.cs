using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class EndEventTests
{
    [Fact]
    public void A_message_end_sends_and_a_signal_end_tells_everybody()
    {
        var step = Interpreter.Advance(Diagram.Model("start s; and f; end a message=M; end b signal=S; s -> f -> a; f -> b"), ProcessState.New, new StartInstance { Now = default });
        Assert.Single(step.Commands.OfType<SendMessage>());
        Assert.Single(step.Commands.OfType<BroadcastSignal>());
        Assert.Equal(InstanceStatus.Completed, step.State.Status);
        Assert.IsType<EndInstance>(step.Commands[^1]);
    }

    [Fact]
    public void A_compensation_end_undoes_before_it_ends()
    {
        var play = Play.Start("start s; service A; boundary b on=A compensate; user U undoing; undo b U; end e compensate; s -> A -> e");
        Assert.Equal("U", play.Waiting);
        Assert.True(play.Complete("U").IsEnded);
    }
}
