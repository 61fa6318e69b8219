using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Migration;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Semantics;

/// <summary>Reference section 5, rules 1 to 10, and M12.</summary>
public sealed class MigrationTests
{
    private const string Old = "start s; user A; boundary t on=A timer=PT4H; user B; user L; s -> A -> B; t -> L";

    [Fact]
    public void A_waiting_task_moves_with_its_timer_and_goes_on_in_the_new_version()
    {
        var play = Play.Start(Old);
        var to = Diagram.Model("start s; user A; boundary t on=A timer=PT8H; user C; user B; user L; s -> A -> C -> B; t -> L");
        var due = StateView.Awaited(play.Instance.Model, play.State).Single();
        var result = StateMigration.Migrate(play.Instance.Model, to, play.State, MigrationPlan.SameIds, play.Simulator.Now.AddHours(1));
        Assert.Equal((due.Id, due.Due), StateView.Awaited(to, result.State!).Select(a => (a.Id, a.Due)).Single());
        var id = StateView.Waiting(to, result.State!).Single().Id;
        var step = Interpreter.Advance(to, result.State!, new CompleteActivity(id) { Now = play.Simulator.Now });
        Assert.Equal("C", StateView.Waiting(to, step.State).Single().Element.Id);
    }

    [Fact]
    public void New_watchers_are_armed_and_old_ones_taken_away()
    {
        var play = Play.Start(Old);
        var to = Diagram.Model("start s; user A; boundary m on=A message=M; user L; s -> A; m -> L");
        var result = StateMigration.Migrate(play.Instance.Model, to, play.State, MigrationPlan.SameIds, play.Simulator.Now);
        Assert.Single(result.Commands.OfType<Unsubscribe>());
        Assert.Equal("M", Assert.Single(result.Commands.OfType<Subscribe>()).Name);
        var step = Interpreter.Advance(to, result.State!, new MessageReceived("M") { Now = play.Simulator.Now });
        Assert.Equal("L", StateView.Waiting(to, step.State).Single().Element.Id);
    }

    [Theory]
    [InlineData("start s; user X; s -> X", "no counterpart")]
    [InlineData("start s; service A; s -> A", "serviceTask")]
    [InlineData("start s; sub x {; user A; }; s -> x", "scope")]
    public void What_cannot_be_mapped_is_reported_and_nothing_moves(string diagram, string reason)
    {
        var play = Play.Start(Old);
        var result = StateMigration.Migrate(play.Instance.Model, Diagram.Model(diagram), play.State, MigrationPlan.SameIds, play.Simulator.Now);
        Assert.Null(result.State);
        Assert.Contains(reason, Assert.Single(result.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explicit_mapping_renames_an_element()
    {
        var play = Play.Start(Old);
        var to = Diagram.Model("start s; user X; s -> X");
        var plan = new MigrationPlan(new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "X" });
        Assert.Equal("X", StateView.Waiting(to, StateMigration.Migrate(play.Instance.Model, to, play.State, plan, play.Simulator.Now).State!).Single().Element.Id);
    }

    [Fact]
    public void A_marker_in_progress_keeps_its_kind()
    {
        var play = Play.Start("start s; user A times=3; s -> A");
        var to = Diagram.Model("start s; user A times=3 sequential; s -> A");
        Assert.Contains(StateMigration.Migrate(play.Instance.Model, to, play.State, MigrationPlan.SameIds, play.Simulator.Now).Problems, p => p.Text.Contains("repeats", StringComparison.Ordinal));
    }

    [Fact]
    public void Tokens_at_a_join_need_their_flows()
    {
        const string join = "start s; and f; user A; user B; and j; user E; s -> f -> A -> j -> E; f -> B -> j";
        var play = Play.Start(join).Complete("A");
        var result = StateMigration.Migrate(play.Instance.Model, Diagram.Model("start s; and f; user A; user B; and j; user E; f -> B -> j; s -> f -> A -> j -> E"), play.State, MigrationPlan.SameIds, play.Simulator.Now);
        Assert.Contains(result.Problems, p => p.ElementId == "j");
        Assert.NotNull(StateMigration.Migrate(play.Instance.Model, Diagram.Model(join + "; user F; E -> F"), play.State, MigrationPlan.SameIds, play.Simulator.Now).State);
    }

    [Fact]
    public void What_can_still_be_undone_has_to_be_mapped_too()
    {
        const string old = "start s; service A; boundary b on=A compensate; user U undoing; undo b U; user N; s -> A -> N";
        var play = Play.Start(old);
        Assert.Contains(StateMigration.Migrate(play.Instance.Model, Diagram.Model("start s; user N; s -> N"), play.State, MigrationPlan.SameIds, play.Simulator.Now).Problems, p => p.ElementId == "A");
        Assert.NotNull(StateMigration.Migrate(play.Instance.Model, Diagram.Model(old), play.State, MigrationPlan.SameIds, play.Simulator.Now).State);
    }
}
