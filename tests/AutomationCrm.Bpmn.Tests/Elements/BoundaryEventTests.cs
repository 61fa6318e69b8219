using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class BoundaryEventTests
{
    [Theory]
    [InlineData("message=M", "L")]
    [InlineData("signal=M", "L")]
    [InlineData("timer=PT1H", "L")]
    [InlineData("if=go", "L")]
    [InlineData("side message=M", "A L")]
    [InlineData("side signal=M", "A L")]
    [InlineData("side timer=PT1H", "A L")]
    [InlineData("side if=go", "A L")]
    [InlineData("message=M timer=PT9H", "L")]
    [InlineData("message=M timer=PT1H all", "L")]
    public void It_watches_for_each_kind(string trigger, string waiting)
    {
        var play = Play.Start($"start s; user A; boundary b on=A {trigger}; user L; s -> A; b -> L");
        play.Message("M");
        play.Signal("M").Clock("PT1H");
        if (play.Waiting == "A") play.Assign(("go", true));
        Assert.Equal(waiting, play.Waiting);
    }
}
