using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Simulation;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Simulation;

public sealed class SimulatorTests
{
    private const string Choice = "start s; xor x; user A; user B; end e; s -> x; x -> A : n > 1; x -> B : default; A -> e; B -> e";

    [Fact]
    public void Coverage_tells_what_was_visited_and_what_was_not()
    {
        var play = Play.Start(Choice, ("n", 2)).Complete("A");
        var coverage = Coverage.Of(play.Instance.Model, play.Simulator.Instances);
        Assert.Equal(["B"], coverage.MissedElements);
        Assert.Equal(["f3_x_B", "f5_B_e"], coverage.MissedFlows);
        Assert.Contains("A", coverage.Elements);
        Assert.Contains("f2_x_A", coverage.Flows);
    }

    [Fact]
    public void All_states_and_signals_are_kept_and_replay_gives_the_same_end()
    {
        var play = Play.Start(Choice, ("n", 2)).Complete("A", ("answer", 42));
        Assert.Equal(2, play.Instance.States.Count);
        var state = ProcessState.New;
        foreach (var signal in play.Instance.Signals) state = Interpreter.Advance(play.Instance.Model, state, signal).State;
        Assert.Equal(StateJson.Write(play.Instance.Model, play.State), StateJson.Write(play.Instance.Model, state));
    }

    [Fact]
    public void Stubbed_work_can_succeed_throw_or_break()
    {
        const string diagram = "start s; service A; boundary b on=A error=E; user L; user N; s -> A -> N; b -> L";
        Assert.Equal("N", Play.StartWorking(diagram, _ => WorkAnswer.Done).Waiting);
        Assert.Equal("L", Play.StartWorking(diagram, _ => new(Play.Set(), ErrorCode: "E")).Waiting);
        Assert.Single(Play.StartWorking(diagram, _ => new(Play.Set(), Failure: "no")).Incidents);
    }

    [Fact]
    public void Timers_of_all_instances_fire_in_the_order_they_are_due()
    {
        var play = Play.Idle(Diagram.Model("start s; catch a timer=PT2H; catch b timer=PT1H; end x; end y; and f; s -> f -> a -> x; f -> b -> y"));
        play.Simulator.Start("P");
        play.Clock("PT3H");
        Assert.Equal(["y", "x"], play.Completed.Where(c => c is "x" or "y"));
    }

    [Fact]
    public void An_unknown_process_and_a_simulation_without_end_are_refused()
    {
        Assert.Throws<SimulationException>(() => Play.Idle(Diagram.Model(Choice)).Simulator.Start("nowhere"));
        Assert.Throws<SimulationException>(() => Play.Start("start s; xor m; service A; s -> m -> A -> m"));
    }

    [Fact]
    public void The_marking_shows_where_tokens_stand()
    {
        var play = Play.Start("start s; and f; user A; user B; and j; s -> f -> A -> j; f -> B -> j").Complete("A");
        Assert.Equal(new Dictionary<string, int> { ["B"] = 1, ["j"] = 1 }, StateView.Marking(play.Instance.Model, play.State));
    }

    [Fact]
    public void A_waiting_instance_of_20_elements_is_smaller_than_1_KB()
    {
        var text = new System.Text.StringBuilder("start s\nend e\n");
        for (var i = 0; i < 18; i++) text.AppendLine($"user Activity_{i}\nboundary Boundary_{i} on=Activity_{i} timer=PT48H\n{(i == 0 ? "s" : $"Activity_{i - 1}")} -> Activity_{i}\nBoundary_{i} -> e");
        var play = Play.Start(text.ToString(), ("amount", 1000), ("responsible", "user_7"), ("comment", "needs a second look"));
        Assert.True(StateJson.Write(play.Instance.Model, play.State).Length < 1024);
    }
}
