using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.3, rules B1 to B12.</summary>
public sealed class BoundaryTests
{
    private const string Timed = "start s; user A; boundary t on=A timer=PT5M; user L; s -> A; t -> L";

    [Fact]
    public void B1_A_boundary_event_is_armed_only_while_its_activity_is_active()
    {
        Assert.True(Play.Start(Timed).Clock("PT4M").Complete("A").Clock("PT2M").IsEnded);
        Assert.Equal("L", Play.Start(Timed).Clock("PT5M").Waiting);
    }

    [Fact]
    public void B2_Interrupting_cancels_everything_inside_first()
    {
        var play = Play.Start("start s; sub x {; sub y {; user A; user B; }; }; boundary t on=x timer=PT1H; user L; s -> x; t -> L");
        Assert.Equal("A B", play.Waiting);
        Assert.Equal("L", play.Clock("PT1H").Waiting);
        Assert.Equal(["A", "B", "x", "y"], play.Cancelled.Order());
    }

    [Fact]
    public void B3_The_first_of_several_interrupting_events_disarms_the_others()
    {
        var play = Play.Start("start s; user A; boundary a on=A timer=PT2H; boundary b on=A timer=PT1H; boundary c on=A timer=PT3H; user X; user Y; user Z; s -> A; a -> X; b -> Y; c -> Z");
        Assert.Equal("Y", play.Clock("PT5H").Waiting);
    }

    [Fact]
    public void B4_A_side_event_can_occur_again_a_duration_once_a_cycle_by_its_count()
    {
        var play = Play.Start("start s; user A; boundary m on=A side message=M; boundary d on=A side timer=PT1H; boundary c on=A side timer=R3/PT1H; user X; user Y; user Z; s -> A; m -> X; d -> Y; c -> Z");
        play.Message("M");
        play.Message("M");
        Assert.Equal("A X X", play.Waiting);
        Assert.Equal("A X X Y Z Z Z", play.Clock("PT9H").Waiting);
    }

    [Fact]
    public void B4_An_endless_reminder_stops_with_its_task()
    {
        var play = Play.Start("start s; user A; boundary c on=A side timer=R/PT1H; service R; s -> A; c -> R");
        play.Clock("PT5H30M").Complete("A").Clock("PT9H");
        Assert.Equal((5, true), (play.Times("R"), play.IsEnded));
    }

    [Fact]
    public void B5_A_side_token_keeps_its_scope_alive()
    {
        var play = Play.Start("start s; sub x {; start i; user A; boundary m on=A side message=M; user R; i -> A; m -> R; }; user E; s -> x -> E");
        play.Message("M");
        Assert.Equal("R", play.Complete("A").Waiting);
        Assert.Equal("E", play.Complete("R").Waiting);
    }

    [Fact]
    public void B6_A_parallel_join_waits_for_the_side_token_too()
    {
        var play = Play.Start("start s; user A; boundary t on=A side timer=PT1H; user R; and j; user E; s -> A -> j -> E; t -> R -> j");
        Assert.Equal("R", play.Clock("PT1H").Complete("A").Waiting);
        Assert.Equal("E", play.Complete("R").Waiting);
    }

    [Fact]
    public void B7_Several_flows_of_a_boundary_event_split() =>
        Assert.Equal("X Y", Play.Start("start s; user A; boundary t on=A timer=PT1H; user X; user Y; s -> A; t -> X; t -> Y").Clock("PT1H").Waiting);

    [Fact]
    public void B8_A_boundary_event_of_a_repeated_activity_ends_all_instances()
    {
        var play = Play.Start("start s; user A times=3 collect=votes:vote; boundary t on=A timer=P1D; user L; s -> A; t -> L");
        play.Complete("A", ("vote", "yes")).Clock("P1D");
        Assert.Equal("L", play.Waiting);
        Assert.Equal(["A", "A"], play.Cancelled);
        Assert.Null(play.Variable("votes"));
    }

    [Fact]
    public void B9_A_boundary_event_inside_a_repeated_sub_process_belongs_to_each_instance()
    {
        var play = Play.Start("start s; sub x times=5 {; start i; user A; boundary t on=A timer=PT1H; user L; i -> A; t -> L; }; s -> x");
        Assert.Equal("L L L L L", play.Clock("PT1H").Waiting);
    }

    [Fact]
    public void B10_A_boundary_event_of_a_call_ends_the_called_instance()
    {
        var play = Play.With([Diagram.Model("start s; call C calls=Q; boundary t on=C timer=PT1H; user L; s -> C; t -> L"), Diagrams.Diagram.Model("start s; user A; s -> A").Renamed("Q")], null);
        Assert.Equal("A", play.Waiting);
        Assert.Equal("L", play.Clock("PT1H").Waiting);
        Assert.Equal(AutomationCrm.Bpmn.State.InstanceStatus.Cancelled, play.Simulator.Instances[1].State.Status);
    }

    [Fact]
    public void B11_Of_two_racing_signals_the_second_finds_nothing()
    {
        var play = Play.Start(Timed);
        var (instance, waiting) = play.One("A");
        var before = instance.State;
        var completed = AutomationCrm.Bpmn.Execution.Interpreter.Advance(instance.Model, before, new AutomationCrm.Bpmn.Execution.CompleteActivity(waiting.Id) { Now = play.Simulator.Now });
        var timer = AutomationCrm.Bpmn.State.StateView.Awaited(instance.Model, before).Single().Id;
        var late = AutomationCrm.Bpmn.Execution.Interpreter.Advance(instance.Model, completed.State, new AutomationCrm.Bpmn.Execution.TimerFired(timer) { Now = play.Simulator.Now });
        Assert.NotNull(late.Ignored);
        Assert.Same(completed.State, late.State);
    }

    [Theory]
    [InlineData("error=E")]
    [InlineData("cancel")]
    public void B12_Errors_and_cancels_always_interrupt(string trigger) =>
        Assert.Contains(Diagram.Problems($"start s; tx x {{; user A; end c cancel; A -> c; }}; boundary b on=x side {trigger}; boundary k on=x cancel; end e; s -> x; b -> e; k -> e"), p => p is { ElementId: "b", Rule: "interrupting" });
}
