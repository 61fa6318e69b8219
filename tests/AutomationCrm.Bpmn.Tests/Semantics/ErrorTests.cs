using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.5, rules X1 to X10.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void X1_An_error_passes_a_handler_for_another_code()
    {
        var play = Play.Start("start s; sub x {; sub y {; start i; end e error=E; i -> e; }; boundary b on=y error=F; user B; b -> B; }; boundary c on=x error=E; user C; s -> x; c -> C");
        Assert.Equal("C", play.Waiting);
    }

    [Fact]
    public void X1_The_same_code_is_preferred_to_a_catch_all()
    {
        var play = Play.Start("start s; sub x {; start i; end e error=E; i -> e; }; boundary a on=x error; boundary b on=x error=E; user A; user B; s -> x; a -> A; b -> B");
        Assert.Equal("B", play.Waiting);
    }

    [Fact]
    public void X1_An_error_of_a_called_process_reaches_the_caller()
    {
        var called = Diagram.Model("start s; user A; end e error=E; s -> A -> e").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; call C calls=Q; boundary b on=C error=E; user L; s -> C; b -> L"), called], null);
        Assert.Equal("L", play.Complete("A").Waiting);
    }

    [Fact]
    public void X2_The_catching_scope_is_cancelled_before_the_handler_runs()
    {
        var play = Play.Start("start s; sub x {; and f; user A; user B; end e error=E; f -> A -> e; f -> B; }; boundary b on=x error=E; user L; s -> x; b -> L");
        Assert.Equal("L", play.Complete("A").Waiting);
        Assert.Contains("B", play.Cancelled);
    }

    [Fact]
    public void X3_A_catch_without_a_code_takes_every_code() =>
        Assert.Equal("L", Play.Start("start s; sub x {; start i; end e error=E; i -> e; }; boundary b on=x error; user L; s -> x; b -> L").Waiting);

    [Theory]
    [InlineData("")]
    [InlineData("errorCode=''")]
    public void X3_An_error_without_a_code_at_the_catch_takes_every_code(string code)
    {
        var xml = AutomationCrm.Bpmn.Markup.BpmnWriter.Write(Diagram.File("start s; sub x {; start i; end e error=E; i -> e; }; boundary b on=x error=Z; user L; s -> x; b -> L")).Replace("errorCode=\"Z\"", code, StringComparison.Ordinal);
        var model = AutomationCrm.Bpmn.Parsing.ModelCompiler.Compile(AutomationCrm.Bpmn.Markup.BpmnFile.Read(xml), "P").Model!;
        Assert.Equal("L", Play.With([model], null).Waiting);
    }

    [Fact]
    public void X4_Work_that_breaks_is_an_incident_and_no_error_of_the_model()
    {
        var play = Play.Start("start s; user A; boundary b on=A error; user L; s -> A; b -> L");
        play.Fail("A", "no connection");
        Assert.Equal("no connection", Assert.Single(play.Incidents).Message);
        play.Complete("A");
        Assert.Empty(play.Incidents);
        Assert.Equal("L", Play.Start("start s; user A; boundary b on=A error; user L; s -> A; b -> L").Throw("A", "any").Waiting);
    }

    [Fact]
    public void X5_An_error_that_nobody_catches_is_an_incident_that_names_it()
    {
        var play = Play.Start("start s; sub x {; start i; end e error=E9; i -> e; }; s -> x");
        Assert.Contains("E9", Assert.Single(play.Incidents).Message, StringComparison.Ordinal);
        Assert.False(play.IsEnded);
    }

    [Fact]
    public void X6_Only_the_innermost_handler_of_an_escalation_runs_and_the_throw_goes_on()
    {
        var play = Play.Start("start s; sub x {; sub y {; start i; throw t escalation=E; user N; i -> t -> N; }; boundary b on=y side escalation=E; user B; b -> B; }; boundary c on=x side escalation=E; user C; s -> x; c -> C");
        Assert.Equal("B N", play.Waiting);
    }

    [Fact]
    public void X6_An_interrupting_handler_stops_what_follows_the_throw() =>
        Assert.Equal("B", Play.Start("start s; sub y {; start i; throw t escalation=E; user N; i -> t -> N; }; boundary b on=y escalation; user B; s -> y; b -> B").Waiting);

    [Fact]
    public void X6_An_escalation_that_nobody_wants_is_ignored() =>
        Assert.Equal("N", Play.Start("start s; throw t escalation=E; user N; s -> t -> N").Waiting);

    [Fact]
    public void X7_After_an_escalation_end_the_scope_completes_normally_beside_the_handler()
    {
        var play = Play.Start("start s; sub y {; start i; end t escalation=E; i -> t; }; boundary b on=y side escalation=E; end e; s -> y -> e; b -> e");
        Assert.Equal((2, true), (play.Times("e"), play.IsEnded));
    }

    [Fact]
    public void X8_Terminate_ends_the_innermost_scope_which_leaves_normally()
    {
        var play = Play.Start("start s; sub x {; start i; and f; user A; user B; end t terminate; i -> f -> A -> t; f -> B; }; user N; s -> x -> N");
        Assert.Equal("N", play.Complete("A").Waiting);

        play = Play.Start("start s; and f; sub x {; user B; }; user A; boundary r on=A side timer=PT1H; user R; end t terminate; s -> f -> x; f -> A -> t; r -> R");
        Assert.True(play.Clock("PT1H").Complete("A").IsEnded);
    }

    [Fact]
    public void X8_Terminate_in_a_called_process_lets_the_caller_go_on()
    {
        var called = Diagram.Model("start s; and f; user A; user B; end t terminate; s -> f -> A -> t; f -> B").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; call C calls=Q; user N; s -> C -> N"), called], null);
        Assert.Equal("N", play.Complete("A").Waiting);
    }

    [Fact]
    public void X9_A_terminated_instance_of_a_repeated_sub_process_counts_as_completed()
    {
        var play = Play.Start("start s; sub x times=5 {; start i; user A; xor g; end t terminate; end n; i -> A -> g; g -> t : stop; g -> n : default; }; end e; s -> x -> e", ("stop", false));
        play.Complete("A", ("stop", true)).Complete("A").Complete("A", ("stop", false)).Complete("A").Complete("A");
        Assert.Equal((2, 3, 1, true), (play.Times("t"), play.Times("n"), play.Times("e"), play.IsEnded));
    }

    [Fact]
    public void X10_Of_two_paths_that_terminate_only_one_does()
    {
        var play = Play.Start("start s; and f; catch a signal=S; catch b signal=S; end x terminate; end y terminate; s -> f -> a -> x; f -> b -> y").Signal("S");
        Assert.Equal((1, true), (play.Times("x") + play.Times("y"), play.IsEnded));
    }
}
