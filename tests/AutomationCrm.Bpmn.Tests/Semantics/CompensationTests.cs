using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.8, rules K1 to K11.</summary>
public sealed class CompensationTests
{
    private const string Trip = """
        start s; service hotel; boundary bh on=hotel compensate; user undoHotel undoing; undo bh undoHotel
        service flight; boundary bf on=flight compensate; user undoFlight undoing; undo bf undoFlight
        """;

    [Fact]
    public void K1_What_is_not_completed_is_not_undone_and_what_could_be_does_not_hold_the_instance()
    {
        Assert.True(Play.Start(Trip + "; s -> hotel -> flight").IsEnded);
        var play = Play.Start("start s; and f; user A; boundary b on=A compensate; user U undoing; undo b U; user B; throw t compensate; end e; s -> f -> A; f -> B -> t -> e");
        play.Complete("B");
        Assert.Equal(("A", 1), (play.Waiting, play.Times("e")));
    }

    [Fact]
    public void K2_Everything_is_undone_the_latest_first_and_the_throw_waits()
    {
        var play = Play.Start(Trip + "; throw t compensate; user N; s -> hotel -> flight -> t -> N");
        Assert.Equal("undoFlight", play.Waiting);
        Assert.Equal("undoHotel", play.Complete("undoFlight").Waiting);
        Assert.Equal("N", play.Complete("undoHotel").Waiting);
    }

    [Fact]
    public void K2_Completed_sub_processes_are_undone_from_the_inside()
    {
        var play = Play.Start("start s; sub x {; start i; service A; boundary b on=A compensate; user U undoing in=seen:n; undo b U; i -> A; }; throw t compensate; user N; s -> x -> t -> N", ("n", 1));
        Assert.Equal("U", play.Waiting);
        Assert.Equal("N", play.Complete("U").Waiting);
    }

    [Fact]
    public void K3_A_named_activity_alone_is_undone()
    {
        var play = Play.Start(Trip + "; throw t compensate=hotel; user N; s -> hotel -> flight -> t -> N");
        Assert.Equal("undoHotel", play.Waiting);
        Assert.Equal("N", play.Complete("undoHotel").Waiting);
    }

    [Fact]
    public void K4_A_throw_that_does_not_wait_goes_on_at_once()
    {
        var play = Play.Start(Trip + "; throw t compensate nowait; user N; s -> hotel -> flight -> t -> N");
        Assert.Equal("N undoFlight", play.Waiting);
        play.Complete("N").Complete("undoFlight");
        Assert.Equal(("undoHotel", false), (play.Waiting, play.IsEnded));
        Assert.True(play.Complete("undoHotel").IsEnded);
    }

    [Fact]
    public void K5_Each_completed_instance_of_a_repeated_activity_is_undone()
    {
        var play = Play.StartWorking("start s; service A each=x:items; boundary b on=A compensate; service U undoing; undo b U; throw t compensate; user N; s -> A -> t -> N", _ => AutomationCrm.Bpmn.Simulation.WorkAnswer.Done, ("items", new object[] { 1, 2, 3, 4, 5 }));
        Assert.Equal((5, "N"), (play.Times("U"), play.Waiting));

        play = Play.Start("start s; sub x times=3 {; start i; service A; boundary b on=A compensate; service U undoing; undo b U; i -> A; }; throw t compensate; user N; s -> x -> t -> N");
        Assert.Equal((3, "N"), (play.Times("U"), play.Waiting));
    }

    [Fact]
    public void K5_Instances_that_ran_side_by_side_are_undone_side_by_side_others_in_turn()
    {
        Assert.Equal("U U U", Play.Start("start s; service A times=3; boundary b on=A compensate; user U undoing; undo b U; throw t compensate; s -> A -> t").Waiting);
        Assert.Equal("U U U", Play.Start("start s; sub x times=3 {; start i; service A; boundary b on=A compensate; user U undoing; undo b U; i -> A; }; throw t compensate; s -> x -> t").Waiting);
        Assert.Equal("U", Play.Start("start s; service A times=3 sequential; boundary b on=A compensate; user U undoing; undo b U; throw t compensate; s -> A -> t").Waiting);
    }

    [Fact]
    public void K6_A_compensation_event_sub_process_decides_how_its_scope_is_undone()
    {
        var play = Play.Start("""
            start s
            sub x {
            start i; service A; boundary a on=A compensate; user UA undoing; undo a UA; service B; boundary b on=B compensate; user UB undoing; undo b UB; i -> A -> B
            esub h {; start c compensate; throw first compensate=A; throw then compensate=B; c -> first -> then; }
            }
            throw t compensate; user N; s -> x -> t -> N
            """);
        Assert.Equal("UA", play.Waiting);
        Assert.Equal("UB", play.Complete("UA").Waiting);
        Assert.Equal("N", play.Complete("UB").Waiting);
    }

    [Fact]
    public void K7_Nothing_is_undone_twice()
    {
        var play = Play.Start(Trip + "; throw t compensate; throw again compensate; user N; s -> hotel -> flight -> t -> again -> N");
        play.Complete("undoFlight").Complete("undoHotel");
        Assert.Equal(("N", 1, 1), (play.Waiting, play.Times("undoFlight"), play.Times("undoHotel")));
    }

    [Fact]
    public void K8_A_handler_is_associated_marked_and_has_no_flows()
    {
        Assert.Contains(Diagram.Problems("start s; service A; boundary b on=A compensate; s -> A"), p => p is { ElementId: "b", Rule: "compensation" });
        Assert.Contains(Diagram.Problems("start s; service A; boundary b on=A compensate; user U; undo b U; s -> A"), p => p is { ElementId: "U", Rule: "compensation" });
        Assert.Contains(Diagram.Problems("start s; service A; boundary b on=A compensate; user U undoing; undo b U; user N; s -> A; U -> N"), p => p is { ElementId: "U", Rule: "compensation" });
    }

    [Fact]
    public void K9_A_cancelled_transaction_stops_the_rest_undoes_what_was_done_and_leaves_by_its_boundary()
    {
        var play = Play.Start("""
            start s
            tx x {
            start i; service M times=5; boundary m on=M compensate; service UM undoing; undo m UM; service A; boundary a on=A compensate; user UA undoing; undo a UA
            and f; user W; user D; end c cancel; i -> M -> A -> f -> W; f -> D -> c
            }
            boundary b on=x cancel; user C; user N; s -> x -> N; b -> C
            """);
        Assert.Equal("UA", play.Complete("D").Waiting);
        Assert.Equal("C", play.Complete("UA").Waiting);
        Assert.Equal(5, play.Times("UM"));
        Assert.Contains("W", play.Cancelled);
    }

    [Fact]
    public void K9_Giving_up_one_instance_of_a_repeated_transaction_gives_up_and_undoes_all()
    {
        var play = Play.Start("""
            start s
            tx x times=3 {
            start i; service A; boundary a on=A compensate; service U undoing; undo a U; user D; end c cancel; i -> A -> D -> c
            }
            boundary b on=x cancel; user C; s -> x; b -> C
            """);
        Assert.Equal("C", play.Complete("D").Waiting);
        Assert.Equal(3, play.Times("U"));
    }

    [Fact]
    public void K10_An_error_that_leaves_a_transaction_undoes_nothing()
    {
        var play = Play.Start("start s; tx x {; start i; service A; boundary a on=A compensate; user U undoing; undo a U; end e error=E; i -> A -> e; }; boundary b on=x error=E; user H; s -> x; b -> H");
        Assert.Equal("H", play.Waiting);
    }

    [Fact]
    public void K11_A_successful_transaction_can_still_be_undone_from_outside()
    {
        var play = Play.Start("start s; tx x {; start i; service A; boundary a on=A compensate; user U undoing; undo a U; i -> A; }; throw t compensate; user N; s -> x -> t -> N");
        Assert.Equal("U", play.Waiting);
    }

    [Fact]
    public void A_handler_sees_the_values_its_activity_had()
    {
        var play = Play.Start("start s; service A each=x:items; boundary b on=A compensate; script U undoing script=log+x result=log; undo b U; throw t compensate; user N; s -> A -> t -> N", ("items", new object[] { "a", "b" }), ("log", "-"));
        Assert.Equal("-ba", play.Variable("log")!.ToString());
    }
}
