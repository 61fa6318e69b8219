using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.6, rules M1 to M11.</summary>
public sealed class LoopTests
{
    [Fact]
    public void M1_An_empty_list_passes_and_gives_an_empty_result()
    {
        var play = Play.Start("start s; user A each=x:items collect=out:x; user N; s -> A -> N", ("items", Array.Empty<object>()));
        Assert.Equal(("N", "[]"), (play.Waiting, play.Variable("out")!.ToString()));
    }

    [Theory]
    [InlineData("times=-1")]
    [InlineData("times=1.5")]
    [InlineData("each=x:nothing")]
    [InlineData("times=20000")]
    [InlineData("max=-1")]
    public void M1_A_number_of_instances_that_makes_no_sense_is_an_incident(string marker) =>
        Assert.Equal("A", Assert.Single(Play.Start($"start s; user A {marker}; s -> A").Incidents).Element!.Id);

    [Fact]
    public void M2_Parallel_instances_wait_together_sequential_ones_in_turn()
    {
        Assert.Equal("A A", Play.Start("start s; user A times=2; s -> A").Waiting);
        var play = Play.Start("start s; user A times=2 sequential; s -> A");
        Assert.Equal("A", play.Waiting);
        Assert.True(play.Complete("A").Complete("A").IsEnded);
    }

    [Fact]
    public void M3_Each_instance_has_its_own_element_and_counter_from_1()
    {
        var play = Play.StartWorking("start s; service A each=x:items collect=out:x+loopCounter; user N; s -> A -> N", _ => AutomationCrm.Bpmn.Simulation.WorkAnswer.Done, ("items", new object[] { 10, 20 }));
        Assert.Equal("[11, 22]", play.Variable("out")!.ToString());
        Assert.Null(play.Variable("x"));
    }

    [Fact]
    public void M4_The_numbers_of_instances_can_be_read_by_the_condition()
    {
        var play = Play.Start("start s; user A times=5 until=nrOfCompletedInstances/nrOfInstances>=0.5; user N; s -> A -> N");
        Assert.Equal("A A A", play.Complete("A").Complete("A").Waiting);
        Assert.Equal("N", play.Complete("A").Waiting);
        Assert.Equal(2, play.Cancelled.Count());
    }

    [Fact]
    public void M5_The_condition_sees_the_result_of_the_instance_that_just_completed()
    {
        var play = Play.Start("start s; user A times=3 until=vote=='no' collect=votes:vote; user N; s -> A -> N");
        Assert.Equal("A A", play.Complete("A", ("vote", "yes")).Waiting);
        Assert.Equal("N", play.Complete("A", ("vote", "no")).Waiting);
    }

    [Fact]
    public void M6_Results_keep_the_order_of_the_input_and_leave_out_what_was_cancelled()
    {
        var play = Play.Start("start s; user A each=x:items collect=out:x until=nrOfCompletedInstances==2; s -> A; user N; A -> N", ("items", new object[] { "a", "b", "c" }));
        var third = play.Instance;
        foreach (var index in new[] { 3, 1 })
        {
            var id = AutomationCrm.Bpmn.State.StateView.Waiting(third.Model, third.State).Single(w => w.LoopIndex == index).Id;
            play.Send(now => new AutomationCrm.Bpmn.Execution.CompleteActivity(id) { Now = now });
        }

        Assert.Equal("[a, c]", play.Variable("out")!.ToString());
    }

    [Fact]
    public void M7_Changing_the_list_later_has_no_effect()
    {
        var play = Play.Start("start s; user A each=x:items; s -> A", ("items", new object[] { 1, 2, 3 }));
        Assert.Equal("A A A", play.Assign(("items", new object[] { 1 })).Waiting);
    }

    [Fact]
    public void M8_Joins_inside_belong_to_each_instance()
    {
        var play = Play.Start("start s; sub x times=2 {; start i; and f; user A; user B; and j; user E; i -> f -> A -> j -> E; f -> B -> j; }; s -> x");
        Assert.Equal("B B", play.Complete("A").Complete("A").Waiting);
    }

    [Fact]
    public void M9_Nested_markers_multiply_and_the_inner_counter_hides_the_outer()
    {
        var play = Play.Start("start s; sub x times=2 {; start i; user A times=2 collect=c:loopCounter; i -> A; }; s -> x");
        Assert.Equal("A A A A", play.Waiting);
        for (var i = 0; i < 4; i++) play.Complete("A");
        Assert.Equal("[1, 2]", play.Variable("c")!.ToString());
    }

    [Theory]
    [InlineData("while=n<3", 0, 3)]
    [InlineData("while=n<3", 3, 1)]
    [InlineData("while=n<3 first", 3, 0)]
    [InlineData("while=n<9 max=2", 0, 2)]
    [InlineData("max=3", 0, 3)]
    public void M10_A_loop_runs_while_its_condition_holds(string marker, int n, int runs)
    {
        var count = n;
        var play = Play.StartWorking($"start s; service A {marker}; end e; s -> A -> e", _ => new(Play.Set(("n", ++count))), ("n", n));
        Assert.Equal((runs, 1), (play.Times("A"), play.Times("e")));
    }

    [Fact]
    public void A_late_voter_can_be_added()
    {
        var play = Play.Start("start s; user A each=x:items collect=out:x; user N; s -> A -> N", ("items", new object[] { "a" }));
        var body = AutomationCrm.Bpmn.State.StateView.Scopes(play.Instance.Model, play.State).Single(s => s.IsLoopBody).Id;
        play.Send(now => new AutomationCrm.Bpmn.Execution.AddLoopInstance(body, AutomationCrm.Bpmn.Values.Datum.Of("b")) { Now = now });
        Assert.Equal("A A", play.Waiting);
        play.Complete("A").Complete("A");
        Assert.Equal("[a, b]", play.Variable("out")!.ToString());
    }

    [Theory]
    [InlineData("A,R,A,R,A", "approved")]
    [InlineData("A,A,A", "approved")]
    [InlineData("R,R,R", "rejected")]
    public void A_vote_ends_as_soon_as_its_result_is_certain(string votes, string result)
    {
        var play = Play.Start("""
            start s; user V each=voter:voters collect=votes:vote until=yes>=3~or~no>2; xor x; user approved; user rejected
            s -> V -> x; x -> approved : yes >= 3; x -> rejected : default
            """, ("voters", new object[] { 1, 2, 3, 4, 5 }), ("yes", 0), ("no", 0));
        var (yes, no) = (0, 0);
        foreach (var vote in votes.Split(','))
        {
            if (vote == "A") yes++;
            else no++;
            play.Assign(("yes", yes), ("no", no));
            play.Complete("V", ("vote", vote));
        }

        Assert.Equal(result, play.Waiting);
        Assert.Equal(5 - votes.Split(',').Length, play.Cancelled.Count());
    }
}
