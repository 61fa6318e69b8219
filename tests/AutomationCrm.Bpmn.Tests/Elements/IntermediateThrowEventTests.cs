using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class IntermediateThrowEventTests
{
    [Fact]
    public void A_plain_one_marks_a_point_and_passes()
    {
        var play = Play.Start("start s; throw t; end e; s -> t -> e");
        Assert.Equal((1, true), (play.Times("t"), play.IsEnded));
    }

    [Fact]
    public void A_message_is_sent_with_its_key_and_values()
    {
        var step = Interpreter.Advance(Diagram.Model("start s; throw t message=M key=order in=x:n+1; s -> t"), ProcessState.New, new StartInstance { Now = default, Variables = Play.Set(("order", "o1"), ("n", 1)) });
        var sent = Assert.Single(step.Commands.OfType<SendMessage>());
        Assert.Equal(("M", "o1", "2"), (sent.Name, sent.Key, sent.Variables.Find("x")!.ToString()));
    }

    [Fact]
    public void A_multiple_one_throws_everything_in_order()
    {
        var step = Interpreter.Advance(Diagram.Model("start s; throw t signal=A signal=B escalation=C; s -> t"), ProcessState.New, new StartInstance { Now = default });
        Assert.Equal(["A", "B"], step.Commands.OfType<BroadcastSignal>().Select(b => b.Name));
    }

    [Fact]
    public void A_signal_reaches_a_catch_event_in_a_parallel_branch() =>
        Assert.Equal("A", Play.Start("start s; and f; throw t signal=S; catch c signal=S; user A; s -> f -> t; f -> c -> A").Waiting);
}
