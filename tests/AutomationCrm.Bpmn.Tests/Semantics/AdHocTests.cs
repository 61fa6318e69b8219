using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.9, rules H1 to H3.</summary>
public sealed class AdHocTests
{
    [Fact]
    public void H1_Activities_are_offered_and_started_by_people_as_often_as_they_like()
    {
        var play = Play.Start("start s; adhoc x {; user A; user B; user C; B -> C; }; user N; s -> x -> N");
        Assert.Equal("", play.Waiting);
        Assert.Null(Choose(play, "B").Ignored);
        Assert.Equal("C", play.Complete("B").Waiting);
        Assert.Null(Choose(play, "B").Ignored);
        Assert.NotNull(Choose(play, "C").Ignored);
        play.Complete("B").Complete("C").Complete("C");
        Choose(play, "A");
        Assert.Equal("N", play.Complete("A").Waiting);
    }

    [Fact]
    public void H2_Sequential_means_one_at_a_time()
    {
        var play = Play.Start("start s; adhoc x sequential {; user A; user B; }; user N; s -> x -> N");
        Choose(play, "A");
        Assert.NotNull(Choose(play, "B").Ignored);
        play.Complete("A");
        Assert.Null(Choose(play, "B").Ignored);
        Assert.Equal("N", play.Complete("B").Waiting);
    }

    [Theory]
    [InlineData("", "N")]
    [InlineData("keeps", "B")]
    public void H3_The_condition_is_looked_at_after_each_activity(string keeps, string waiting)
    {
        var play = Play.Start($"start s; adhoc x until=done {keeps} {{; user A; user B; }}; user N; s -> x -> N");
        Choose(play, "A");
        Choose(play, "B");
        Assert.Equal(waiting, play.Complete("A", ("done", true)).Waiting);
        if (waiting == "B") Assert.Equal("N", play.Complete("B").Waiting);
    }

    [Fact]
    public void A_person_can_say_that_it_is_finished()
    {
        var play = Play.Start("start s; adhoc x {; user A; user B; }; user N; s -> x -> N");
        Choose(play, "A");
        play.Send(now => new FinishAdHoc(Id(play)) { Now = now });
        Assert.Equal("N", play.Waiting);
    }

    private static int Id(Play play) => StateView.Scopes(play.Instance.Model, play.State).Single(s => s.Element.Id == "x").Id;

    private static Step Choose(Play play, string activity) => play.Send(now => new ChooseActivity(Id(play), activity) { Now = now });
}
