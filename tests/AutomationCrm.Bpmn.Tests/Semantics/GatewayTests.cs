using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 3.2, rules G1 to G16.</summary>
public sealed class GatewayTests
{
    [Fact]
    public void G1_The_first_true_condition_wins_and_the_default_is_only_the_last_resort()
    {
        const string diagram = "start s; xor x; user A; user B; user D; s -> x; x -> D : default; x -> A : n >= 2; x -> B : n >= 3";
        Assert.Equal("A", Play.Start(diagram, ("n", 5)).Waiting);
        Assert.Equal("D", Play.Start(diagram, ("n", 1)).Waiting);
    }

    [Fact]
    public void G3_A_parallel_join_needs_a_token_on_every_flow_and_leaves_surplus_ones()
    {
        var play = Play.Start("start s; and f; user A; user B; user C; xor m; and j; user D; s -> f -> A -> m -> j -> D; f -> B -> m; f -> C -> j");
        Assert.Equal("C", play.Complete("A").Complete("B").Waiting);
        Assert.Equal("D", play.Complete("C").Waiting);
        Assert.False(play.Complete("D").IsEnded);
    }

    [Fact]
    public void G4_A_parallel_join_behind_a_choice_stays_and_nothing_helps_it()
    {
        var play = Play.Start("start s; xor x; user A; user B; and j; user C; s -> x; x -> A : true; x -> B : default; A -> j -> C; B -> j");
        play.Complete("A");
        Assert.Equal(("", false), (play.Waiting, play.IsEnded));
    }

    [Fact]
    public void G5_A_parallel_gateway_ignores_conditions() =>
        Assert.Equal("A B", Play.Start("start s; and f; user A; user B; s -> f; f -> A : false; f -> B : false").Waiting);

    [Fact]
    public void G6_A_mixed_gateway_joins_before_it_forks()
    {
        var play = Play.Start("start s; and f; user A; user B; and g; user X; user Y; user Z; s -> f -> A -> g -> X; f -> B -> g -> Y; g -> Z");
        Assert.Equal("B", play.Complete("A").Waiting);
        Assert.Equal("X Y Z", play.Complete("B").Waiting);
    }

    [Theory]
    [InlineData(1, "A B")]
    [InlineData(2, "B")]
    [InlineData(5, "D")]
    public void G7_An_inclusive_split_takes_every_true_flow_the_default_only_alone(int n, string waiting) =>
        Assert.Equal(waiting, Play.Start("start s; or x; user A; user B; user D; s -> x; x -> A : n < 2; x -> B : n < 3; x -> D : default", ("n", n)).Waiting);

    [Fact]
    public void G8_An_inclusive_join_waits_for_every_token_that_can_come()
    {
        var play = Play.Start("start s; or x; user A; user B; user C; or j; user E; s -> x; x -> A : true; x -> B : true; x -> C : false; A -> j -> E; B -> j; C -> j");
        Assert.Equal("B", play.Complete("A").Waiting);
        Assert.Equal("E", play.Complete("B").Waiting);
    }

    [Fact]
    public void G8_A_token_that_can_also_reach_a_filled_flow_does_not_block()
    {
        var play = Play.Start("start s; and f; user A; user B; xor x; or j; user E; s -> f -> A -> j -> E; f -> B -> x; x -> A : true; x -> j : false");
        Assert.Equal("B", play.Waiting.Replace("A ", "", StringComparison.Ordinal));
        play.Complete("A");
        Assert.Equal("B E", play.Waiting);
    }

    [Fact]
    public void G9_Tokens_deep_inside_sub_processes_and_at_event_gateways_count()
    {
        var play = Play.Start("start s; and f; user A; sub x {; sub y {; user B; }; }; or j; user E; s -> f -> A -> j -> E; f -> x -> j");
        Assert.Equal("B", play.Complete("A").Waiting);
        Assert.Equal("E", play.Complete("B").Waiting);

        play = Play.Start("start s; and f; user A; events g; catch m message=M; catch n message=N; or j; user E; end x; s -> f -> A -> j -> E; f -> g -> m -> j; g -> n -> x");
        Assert.Equal("g", play.Complete("A").Waiting);
        play.Message("N");
        Assert.Equal("E", play.Waiting);
    }

    [Fact]
    public void G9_A_boundary_event_is_a_way_to_an_empty_flow_but_never_one_that_unblocks()
    {
        var play = Play.Start("start s; user A; boundary b on=A side message=M; or j; user E; s -> A -> j -> E; b -> j");
        play.Message("M");
        Assert.Equal("A", play.Waiting);
        play.Complete("A");
        Assert.Equal("E", play.Waiting);
        Assert.True(play.Complete("E").IsEnded);
    }

    [Fact]
    public void G10_An_inclusive_join_goes_on_when_the_last_token_it_waited_for_dies()
    {
        var play = Play.Start("start s; or x; user A; user B; xor y; end dead; or j; user E; s -> x; x -> A : true; x -> B : true; A -> j -> E; B -> y; y -> dead : true; y -> j : default");
        Assert.Equal("B", play.Complete("A").Waiting);
        Assert.Equal("E", play.Complete("B").Waiting);
    }

    [Fact]
    public void G10_Interrupting_the_other_branch_frees_the_join()
    {
        var play = Play.Start("start s; and f; user A; user B; boundary t on=B timer=PT1H; end late; or j; user E; s -> f -> A -> j -> E; f -> B -> j; t -> late");
        play.Complete("A");
        Assert.Equal("E", play.Clock("PT1H").Waiting);
    }

    [Fact]
    public void G11_A_second_token_on_a_flow_starts_the_next_wave()
    {
        var play = Play.Start("start s; and f; user A; user B; user C; xor m; or j; user E; s -> f -> A -> m -> j -> E; f -> B -> m; f -> C -> j");
        play.Complete("A").Complete("B").Complete("C");
        Assert.Equal("E E", play.Waiting);
    }

    [Fact]
    public void G12_Gateways_that_only_wait_for_each_other_are_freed_in_document_order()
    {
        var play = Play.Start("""
            start s; and f; or a; or b; user A; user B; xor x; xor y
            s -> f -> a -> A -> x; f -> b -> B -> y
            x -> b : go; y -> a : go; end e1; end e2; x -> e1 : default; y -> e2 : default
            """, ("go", false));
        Assert.Equal("A", play.Waiting);
        Assert.Equal("B", play.Complete("A").Waiting);
        Assert.True(play.Complete("B").IsEnded);
    }

    [Fact]
    public void G13_A_join_does_not_see_the_tokens_of_sibling_instances()
    {
        var play = Play.Start("start s; sub x times=3 {; start i; or f; user A; user B; or j; user E; i -> f; f -> A : true; f -> B : true; A -> j -> E; B -> j; }; s -> x");
        Assert.Equal("A A A B B B", play.Waiting);
        Assert.Equal("A A B B E", play.Complete("A").Complete("B").Waiting);
    }

    [Fact]
    public void G14_The_first_event_takes_the_token_and_the_others_are_forgotten()
    {
        var play = Play.Start("start s; events g; catch a message=A; catch b message=B; catch t timer=PT1H; user X; user Y; user Z; s -> g -> a -> X; g -> b -> Y; g -> t -> Z");
        Assert.True(play.Message("B"));
        Assert.False(play.Message("A"));
        Assert.Equal("Y", play.Clock("PT2H").Waiting);
    }

    [Theory]
    [InlineData("user A; catch c message=M; s -> g -> A; g -> c")]
    [InlineData("receive r message=M; boundary b on=r timer=PT1H; catch c message=N; end e; s -> g -> r; g -> c; b -> e")]
    [InlineData("catch c message=M; catch d message=N; s -> g -> c; g -> d; task t; t -> d")]
    [InlineData("catch c message=M; s -> g -> c")]
    public void G15_Only_unshared_catch_events_and_plain_receive_tasks_follow_an_event_gateway(string rest) =>
        Assert.Contains(Diagram.Problems("start s; events g; " + rest), p => p is { ElementId: "g", Rule: "event-gateway" });

    [Fact]
    public void G16_A_complex_gateway_goes_on_once_and_takes_in_the_rest()
    {
        var play = Play.Start("start s; and f; user A; user B; user C; complex j activation=activationCount>=2; user E; end e; s -> f -> A -> j -> E -> e; f -> B -> j; f -> C -> j");
        Assert.Equal("B C", play.Complete("A").Waiting);
        Assert.Equal("C E", play.Complete("B").Waiting);
        Assert.Equal("E", play.Complete("C").Waiting);
        Assert.True(play.Complete("E").IsEnded);
        Assert.Equal(1, play.Times("e"));
    }
}
