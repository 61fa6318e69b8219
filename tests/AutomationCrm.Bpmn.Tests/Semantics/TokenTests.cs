using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.1, rules T1 to T10.</summary>
public sealed class TokenTests
{
    [Fact]
    public void T1_A_scope_completes_when_its_last_token_is_gone()
    {
        var play = Play.Start("start s; and f; user A; user B; end e1; end e2; s -> f -> A -> e1; f -> B -> e2");
        Assert.False(play.Complete("A").IsEnded);
        Assert.True(play.Complete("B").IsEnded);
    }

    [Fact]
    public void T2_A_node_without_a_way_out_consumes_its_token_even_a_join()
    {
        var play = Play.Start("start s; and f; user A; user B; and j; s -> f -> A -> j; f -> B -> j");
        Assert.True(play.Complete("A").Complete("B").IsEnded);
    }

    [Fact]
    public void T3_Several_flows_without_conditions_are_all_taken()
    {
        var play = Play.Start("start s; sub x {; user A; }; end e1; end e2; s -> x -> e1; x -> e2");
        play.Complete("A");
        Assert.Equal((1, 1, true), (play.Times("e1"), play.Times("e2"), play.IsEnded));
    }

    [Fact]
    public void T4_An_activity_runs_once_per_arriving_token()
    {
        var play = Play.Start("start s; and f; user A1; user A2; user B; end e; s -> f -> A1 -> B -> e; f -> A2 -> B");
        play.Complete("A1").Complete("A2");
        Assert.Equal("B B", play.Waiting);
        play.Complete("B").Complete("B");
        Assert.Equal(2, play.Times("e"));
    }

    [Theory]
    [InlineData(true, "C N")]
    [InlineData(false, "D N")]
    public void T5_Conditional_default_and_plain_flows_of_a_task(bool condition, string waiting)
    {
        var play = Play.Start("start s; task t; user C; user D; user N; s -> t; t -> C : c; t -> D : default; t -> N", ("c", condition));
        Assert.Equal(waiting, play.Waiting);
    }

    [Fact]
    public void T6_Without_a_flow_to_take_the_token_waits_with_an_incident_and_can_be_retried()
    {
        var play = Play.Start("start s; xor x; user A; user B; s -> x; x -> A : n == 1; x -> B : n == 2", ("n", 3));
        var incident = Assert.Single(play.Incidents);
        Assert.Equal(("x", "no-flow"), (incident.Element!.Id, incident.Code));
        play.Send(now => new AutomationCrm.Bpmn.Execution.RetryIncident(incident.Id) { Now = now, Variables = Play.Set(("n", 2)) });
        Assert.Equal("B", play.Waiting);
        Assert.Empty(play.Incidents);
    }

    [Fact]
    public void T7_Started_by_hand_only_the_plain_start_event_begins()
    {
        var play = Play.Start("start s; start m message=M; user A; user B; s -> A; m -> B");
        Assert.Equal("A", play.Waiting);
        Assert.True(play.Message("M"));
        Assert.Equal("A B", play.Waiting);
        Assert.Equal(2, play.Simulator.Instances.Count);
    }

    [Fact]
    public void T8_With_a_start_event_an_orphan_never_runs_without_one_all_entries_do()
    {
        Assert.Equal("A", Play.Start("start s; user A; user orphan; s -> A").Waiting);
        Assert.Equal("A B", Play.Start("user A; user B; user C; B -> C").Waiting);
        Assert.Equal("A", Play.Start("start s; sub x {; start i; user A; user orphan; i -> A; }; s -> x").Waiting);
    }

    [Fact]
    public void T9_The_same_input_gives_the_same_events()
    {
        const string diagram = "start s; and f; service A; service B; service C; and j; end e; s -> f -> A -> j -> e; f -> B -> j; f -> C -> j";
        Assert.Equal(Play.Start(diagram).Completed, Play.Start(diagram).Completed);
    }

    [Fact]
    public void T10_Tokens_on_one_flow_are_neither_lost_nor_merged()
    {
        var play = Play.Start("start s; and f; xor m; user A; s -> f -> m; f -> m; f -> m; m -> A");
        Assert.Equal("A A A", play.Waiting);
    }
}
