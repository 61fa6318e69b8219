using AutomationCrm.Bpmn.Checking;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Checking;

public sealed class ModelCheckTests
{
    [Theory]
    [InlineData("unreachable", "B", "start s; user A; user B; user C; s -> A; B -> C")]
    [InlineData("missing-condition", "f2_x_A", "start s; xor x; user A; user B; s -> x; x -> A; x -> B : n > 1")]
    [InlineData("no-default", "x", "start s; xor x; user A; user B; s -> x; x -> A : n == 1; x -> B : n == 2")]
    [InlineData("loop-without-wait", "x", "start s; xor x; task t; s -> x; x -> t : n > 1; x -> e : default; end e; t -> x")]
    [InlineData("loop-without-wait", "m", "start s; xor m; task t; s -> m -> t -> m")]
    [InlineData("fan-out", "A", "start s; user A times=50000; s -> A")]
    [InlineData("deadlock", "j", "start s; xor x; user A; user B; and j; s -> x; x -> A : n > 1; x -> B : default; A -> j; B -> j")]
    [InlineData("dead", "B", "start s; xor x; user A; and j; user B; s -> x; x -> j : n > 1; x -> j : default; j -> B")]
    [InlineData("no-end", "A", "start s; xor m; user A; s -> m -> A -> m")]
    public void A_finding_names_its_rule_and_its_element(string rule, string element, string diagram) =>
        Assert.Contains(ModelCheck.Check(Diagram.Model(diagram)), p => p.Rule == rule && p.ElementId == element && p.Text.EndsWith('.'));

    [Theory]
    [InlineData("start s; xor x; user A; user B; end e; s -> x; x -> A : n > 1; x -> B : default; A -> e; B -> e")]
    [InlineData("start s; or f; user A; user B; or j; end e; s -> f; f -> A : n > 1; f -> B : default; A -> j -> e; B -> j")]
    [InlineData("start s; and f; user A; sub x {; start i; user B; end k; i -> B -> k; }; boundary t on=x timer=PT1H; user L; xor m; and j; end e; s -> f -> A -> j -> e; f -> x -> m -> j; t -> L -> m")]
    [InlineData("start s; user A; boundary t on=A side timer=PT1H; user R; end e; end r; s -> A -> e; t -> R -> r; esub h {; start c message=M; user H; end q; c -> H -> q; }")]
    public void A_sound_diagram_has_no_findings(string diagram) => Assert.Empty(ModelCheck.Check(Diagram.Model(diagram)));

    [Fact]
    public void A_deadlock_comes_with_the_way_that_leads_to_it()
    {
        var model = Diagram.Model("start s; xor x; user A; user B; and j; s -> x; x -> A : n > 1; x -> B : default; A -> j; B -> j");
        var soundness = Soundness.Check(model, model.Scopes[0]);
        Assert.True(soundness.IsDecided);
        Assert.False(soundness.IsSound);
        Assert.Equal(["s", "x", "A"], soundness.CounterExample);
    }

    [Fact]
    public void What_cannot_be_explored_is_not_judged()
    {
        var model = Diagram.Model("start s; and f; complex c activation=activationCount>0; s -> f; f -> c; f -> c");
        Assert.False(Soundness.Check(model, model.Scopes[0]).IsDecided);
    }

    [Fact]
    public void Processes_that_call_each_other_in_a_circle_are_found()
    {
        var one = Diagram.Model("start s; call C calls=Q; s -> C");
        var other = Diagram.Model("start s; call D calls=P; call E calls=Nowhere; s -> D -> E").Renamed("Q");
        var problems = ModelCheck.CheckCalls([one, other]);
        Assert.Contains(problems, p => p is { ElementId: "C", Rule: "recursion", Severity: Severity.Warning });
        Assert.Contains(problems, p => p is { ElementId: "E", Rule: "unknown-process" });
    }
}
