using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class EventSubProcessTests
{
    [Theory]
    [InlineData("message=M")]
    [InlineData("signal=M")]
    [InlineData("timer=PT1H")]
    [InlineData("if=go")]
    public void Every_trigger_from_outside_starts_it(string trigger)
    {
        var play = Play.Start($"start s; user A; esub h {{; start c {trigger}; user H; c -> H; }}; s -> A");
        play.Message("M");
        play.Signal("M").Clock("PT1H");
        if (play.Waiting == "A") play.Assign(("go", true));
        Assert.Equal("H", play.Waiting);
    }

    [Theory]
    [InlineData("error=E", "end t error=E")]
    [InlineData("escalation=E", "end t escalation=E")]
    public void What_is_thrown_inside_starts_it(string trigger, string thrown) =>
        Assert.Equal("H", Play.Start($"start s; {thrown}; esub h {{; start c {trigger}; user H; c -> H; }}; s -> t").Waiting);

    [Fact]
    public void It_can_contain_another_one()
    {
        var play = Play.Start("start s; user A; esub h {; start c message=M; user H; c -> H; esub g {; start d message=N; user G; d -> G; }; }; s -> A");
        play.Message("M");
        play.Message("N");
        Assert.Equal("G", play.Waiting);
        Assert.True(play.Complete("G").IsEnded);
    }
}
