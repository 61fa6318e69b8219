using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.4, rules E1 to E10.</summary>
public sealed class EventSubProcessTests
{
    [Fact]
    public void E1_An_event_sub_process_that_never_ran_does_not_hold_its_scope() =>
        Assert.True(Play.Start("start s; user A; esub h {; start m message=M; user H; m -> H; }; s -> A").Complete("A").IsEnded);

    [Theory]
    [InlineData("esub h {; start a message=M; start b message=N; user H; a -> H; b -> H; }")]
    [InlineData("esub h {; start a; user H; a -> H; }")]
    [InlineData("esub h times=2 {; start a message=M; user H; a -> H; }")]
    [InlineData("esub h {; start a message=M; user H; a -> H; }; A -> h")]
    public void E1_It_needs_exactly_one_start_with_a_trigger_and_stands_alone(string handler) =>
        Assert.Contains(Diagram.Problems("start s; user A; s -> A; " + handler), p => p is { ElementId: "h", Rule: "event-sub-process" });

    [Fact]
    public void E2_The_first_interrupting_trigger_wins()
    {
        var play = Play.Start("start s; user A; esub h {; start m message=M; user H; m -> H; }; esub g {; start n message=N; user G; n -> G; }; s -> A");
        play.Message("M");
        Assert.False(play.Message("N"));
        Assert.Equal("H", play.Waiting);
    }

    [Fact]
    public void E3_After_an_interrupting_one_the_scope_leaves_by_its_normal_flow()
    {
        var play = Play.Start("start s; sub x {; start i; user A; end e error=E; i -> A -> e; esub h {; start c error=E; user H; c -> H; }; }; user N; s -> x -> N");
        Assert.Equal("H", play.Complete("A").Waiting);
        Assert.Equal("N", play.Complete("H").Waiting);
    }

    [Fact]
    public void E4_Several_side_instances_run_and_all_have_to_end()
    {
        var play = Play.Start("start s; user A; esub h {; start m side message=M; user H; m -> H; }; s -> A");
        play.Message("M");
        play.Message("M");
        Assert.Equal("H H", play.Complete("A").Waiting);
        Assert.False(play.Complete("H").IsEnded);
        Assert.True(play.Complete("H").IsEnded);
    }

    [Fact]
    public void E5_It_sees_and_changes_the_variables_of_its_scope()
    {
        var play = Play.Start("start s; user A; esub h {; start m side message=M; script H script=n+1 result=n; m -> H; }; s -> A", ("n", 1));
        play.Message("M");
        Assert.Equal("2", play.Variable("n")!.ToString());
    }

    [Fact]
    public void E6_An_error_inside_goes_to_the_boundary_of_the_scope_around()
    {
        var play = Play.Start("start s; sub x {; start i; user A; end e error=E; i -> A -> e; esub h {; start c error=E; user H; end r error=E; c -> H -> r; }; }; boundary b on=x error=E; user L; s -> x; b -> L");
        play.Complete("A").Complete("H");
        Assert.Equal("L", play.Waiting);
    }

    [Fact]
    public void E7_The_event_sub_process_is_preferred_to_the_boundary()
    {
        var play = Play.Start("start s; sub x {; start i; end e error=E; i -> e; esub h {; start c error; user H; c -> H; }; }; boundary b on=x error=E; user L; s -> x; b -> L");
        Assert.Equal("H", play.Waiting);
    }

    [Fact]
    public void E8_Terminate_inside_ends_only_that_instance()
    {
        var play = Play.Start("start s; user A; esub h {; start m side message=M; end t terminate; m -> t; }; s -> A");
        play.Message("M");
        Assert.Equal("A", play.Waiting);
    }

    [Fact]
    public void E9_A_signal_of_the_scope_itself_can_interrupt_it()
    {
        var play = Play.Start("start s; throw t signal=S; user N; esub h {; start c signal=S; user H; c -> H; }; s -> t -> N");
        Assert.Equal("H", play.Waiting);
    }

    [Fact]
    public void E10_A_cycle_fires_by_its_count_while_the_scope_is_active()
    {
        var play = Play.Start("start s; user A; esub h {; start c side timer=R4/PT1M; service H; c -> H; }; s -> A");
        Assert.Equal(4, play.Clock("PT1H").Times("H"));
        Assert.Equal("A", play.Waiting);
    }
}
