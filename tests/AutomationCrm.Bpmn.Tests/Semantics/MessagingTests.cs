using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.7: calls, links, messages, signals, conditions, timers.</summary>
public sealed class MessagingTests
{
    [Fact]
    public void C2_Only_mapped_variables_cross_the_border_of_a_call()
    {
        var called = Diagram.Model("start s; user A; s -> A").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; call C calls=Q in=x:a+1 out=r:y; user N; s -> C -> N"), called], null, ("a", 1), ("b", 2));
        var inner = play.Simulator.Instances[1];
        Assert.Equal(("2", null), (inner.State.Variables.Find("x")!.ToString(), inner.State.Variables.Find("b")));
        play.Complete("A", ("y", 7), ("z", 8));
        Assert.Equal(("7", null), (play.Variable("r")!.ToString(), play.Variable("z")));
    }

    [Fact]
    public void C3_Ending_the_caller_ends_the_called_instance()
    {
        var called = Diagram.Model("start s; user A; s -> A").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; call C calls=Q; s -> C"), called], null);
        play.Send(now => new CancelInstance { Now = now });
        Assert.True(play.IsEnded);
    }

    [Fact]
    public void C4_A_process_that_calls_itself_stops_with_an_incident()
    {
        var play = Play.With([Diagram.Model("start s; call C calls=P; s -> C")], null);
        Assert.Equal("call-depth", Assert.Single(play.Incidents).Code);
        Assert.Equal(11, play.Simulator.Instances.Count);
    }

    [Fact]
    public void C5_A_called_process_that_does_not_exist_is_an_incident() =>
        Assert.Equal("unknown-process", Assert.Single(Play.Start("start s; call C calls=Nowhere; s -> C").Incidents).Code);

    [Fact]
    public void L1_Each_throw_of_a_link_goes_on_at_its_catch() =>
        Assert.Equal("A A", Play.Start("start s; and f; throw a link=L; throw b link=L; catch c link=L; user A; s -> f -> a; f -> b; c -> A").Waiting);

    [Theory]
    [InlineData("throw a link=L; s -> a")]
    [InlineData("throw a link=L; catch b link=L; catch c link=L; s -> a")]
    [InlineData("throw a link=L; sub x {; catch b link=L; user A; b -> A; }; s -> a; s -> x")]
    public void L2_A_link_needs_exactly_one_target_in_its_scope(string rest) =>
        Assert.Contains(Diagram.Problems("start s; " + rest), p => p.Rule == "link");

    [Fact]
    public void S1_A_signal_reaches_everybody_and_is_not_kept()
    {
        var play = Play.Start("start s; and f; catch a signal=S; user A; catch b signal=S; user B; user C; catch c signal=S; user D; s -> f -> a -> A; f -> b -> B; f -> C -> c -> D");
        Assert.Equal("A B C", play.Signal("S").Waiting);
        Assert.Equal("A B c", play.Complete("C").Waiting);
    }

    [Fact]
    public void S1_A_signal_starts_processes_and_reaches_other_instances()
    {
        var other = Diagram.Model("start s signal=S; user A; s -> A").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; throw t signal=S; user B; s -> t -> B"), other], null);
        Assert.Equal("A B", play.Waiting);
    }

    [Fact]
    public void S2_A_message_goes_to_one_receiver()
    {
        var play = Play.Start("start s; and f; catch a message=M; user A; catch b message=M; user B; s -> f -> a -> A; f -> b -> B");
        Assert.True(play.Message("M"));
        Assert.Single(play.Waiting.Split(' '), w => w is "A" or "B");
        Assert.True(play.Message("M"));
        Assert.Equal("A B", play.Waiting);
        Assert.False(play.Message("M"));
    }

    [Fact]
    public void S2_A_correlation_key_selects_the_receiver()
    {
        var play = Play.Start("start s; receive r message=M key=order; user A; s -> r -> A", ("order", "o-1"));
        Assert.False(play.Simulator.Message("M", key: "o-2"));
        Assert.True(play.Simulator.Message("M", key: "o-1"));
        Assert.Equal("A", play.Waiting);
    }

    [Fact]
    public void D1_A_condition_that_already_holds_happens_at_once_a_side_one_only_when_it_becomes_true()
    {
        Assert.Equal("A", Play.Start("start s; catch c if=x>1; user A; s -> c -> A", ("x", 2)).Waiting);
        var play = Play.Start("start s; user A; boundary b on=A side if=x>1; user B; s -> A; b -> B", ("x", 0));
        Assert.Equal("A B", play.Assign(("x", 2)).Waiting);
        Assert.Equal("A B", play.Assign(("x", 3)).Waiting);
        Assert.Equal("A B B", play.Assign(("x", 0)).Assign(("x", 4)).Waiting);
    }

    [Fact]
    public void D1_Facts_of_the_host_release_a_condition()
    {
        var play = Play.Start("start s; catch c if=stage=='WON'; user A; s -> c -> A");
        Assert.Contains("stage", play.Instance.Model.References);
        play.Send(now => new SetVariables { Now = now, Facts = Play.Set(("stage", "WON")) });
        Assert.Equal("A", play.Waiting);
    }

    [Fact]
    public void D2_Conditions_released_by_one_change_all_happen_interrupting_outer_ones_first()
    {
        Assert.Equal("A B", Play.Start("start s; and f; catch a if=x; user A; catch b if=x; user B; s -> f -> a -> A; f -> b -> B").Assign(("x", true)).Waiting);
        var play = Play.Start("start s; sub y {; user A; boundary b on=A side if=x; user B; b -> B; }; boundary c on=y if=x; user C; s -> y; c -> C");
        Assert.Equal("C", play.Assign(("x", true)).Waiting);
    }

    [Fact]
    public void D3_A_condition_that_holds_when_a_sub_process_begins_interrupts_before_anything_runs()
    {
        var play = Play.Start("start s; sub y {; start i; service A; i -> A; }; boundary c on=y if=x; user C; s -> y; c -> C", ("x", true));
        Assert.Equal(("C", 0), (play.Waiting, play.Times("A")));
    }

    [Theory]
    [InlineData("PT0S")]
    [InlineData("2020-01-01T00:00:00Z")]
    public void W1_A_timer_that_is_already_due_fires_at_once(string timer) =>
        Assert.Equal("A", Play.Start($"start s; catch c timer={timer}; user A; s -> c -> A").Waiting);

    [Fact]
    public void W3_After_a_pause_an_overdue_cycle_fires_once_and_counts_what_it_missed()
    {
        var play = Play.Start("start s; user A; boundary c on=A side timer=R/PT1H; user R; s -> A; c -> R");
        var timer = AutomationCrm.Bpmn.State.StateView.Awaited(play.Instance.Model, play.State).Single();
        var step = play.Send(now => new TimerFired(timer.Id) { Now = now.AddHours(3.5) });
        Assert.Equal("A R", play.Waiting);
        Assert.Equal((play.Simulator.Now.AddHours(4), 2), step.Commands.OfType<ArmTimer>().Select(a => (a.Due, a.Misses)).Single());
    }

    [Fact]
    public void A_parallel_multiple_event_needs_all_a_multiple_one_any()
    {
        var play = Play.Start("start s; catch c message=M signal=S all; user A; s -> c -> A");
        play.Message("M");
        Assert.Equal("c", play.Waiting);
        Assert.Equal("A", play.Signal("S").Waiting);
        Assert.Equal("A", Play.Start("start s; catch c message=M signal=S; user A; s -> c -> A").Signal("S").Waiting);
    }

    [Fact]
    public void A_finite_cycle_lets_a_catch_event_go_on_once_per_firing()
    {
        var play = Play.Start("start s; catch c timer=R3/PT1M; service A; s -> c -> A").Clock("PT2M");
        Assert.Equal((2, "c"), (play.Times("A"), play.Waiting));
        Assert.Equal((3, true), (play.Clock("PT9M").Times("A"), play.IsEnded));
    }
}
