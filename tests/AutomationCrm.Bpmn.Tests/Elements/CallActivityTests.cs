using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class CallActivityTests
{
    [Fact]
    public void The_caller_goes_on_when_the_called_process_ends()
    {
        var called = Diagram.Model("start s; user A; s -> A").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; call C calls=Q; user B; s -> C -> B"), called], null);
        Assert.Equal("A", play.Waiting);
        Assert.Equal("B", play.Complete("A").Waiting);
    }

    [Fact]
    public void The_process_can_be_computed()
    {
        var called = Diagram.Model("start s; user A; s -> A").Renamed("Q");
        Assert.Equal("A", Play.With([Diagram.Model("start s; call C calls=${which}; s -> C"), called], null, ("which", "Q")).Waiting);
    }

    [Fact]
    public void An_escalation_of_the_called_process_reaches_the_caller()
    {
        var called = Diagram.Model("start s; throw t escalation=E; user A; s -> t -> A").Renamed("Q");
        Assert.Equal("A L", Play.With([Diagram.Model("start s; call C calls=Q; boundary b on=C side escalation=E; user L; s -> C; b -> L"), called], null).Waiting);
    }

    [Fact]
    public void Each_instance_of_a_repeated_call_is_a_process_of_its_own()
    {
        var called = Diagram.Model("start s; user A; s -> A").Renamed("Q");
        var play = Play.With([Diagram.Model("start s; call C calls=Q times=3; user B; s -> C -> B"), called], null);
        Assert.Equal("A A A", play.Waiting);
        Assert.Equal("B", play.Complete("A").Complete("A").Complete("A").Waiting);
    }

    [Fact]
    public void A_global_task_is_run_in_place()
    {
        const string xml = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><globalUserTask id="G"/><process id="P"><startEvent id="s"/><callActivity id="C" calledElement="G"/><sequenceFlow id="f" sourceRef="s" targetRef="C"/></process></definitions>
            """;
        var model = AutomationCrm.Bpmn.Parsing.ModelCompiler.Compile(AutomationCrm.Bpmn.Markup.BpmnFile.Read(xml), "P").Model!;
        var step = Interpreter.Advance(model, ProcessState.New, new StartInstance { Now = default });
        Assert.Equal("C", Assert.Single(step.Commands.OfType<StartWork>()).Task.Id);
    }

    [Fact]
    public void Inputs_and_outputs_of_a_called_global_task_are_refused_by_name()
    {
        const string xml = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><globalUserTask id="G"><ioSpecification><inputSet/><outputSet/></ioSpecification></globalUserTask><process id="P"><startEvent id="s"/><callActivity id="C" calledElement="G"/><sequenceFlow id="f" sourceRef="s" targetRef="C"/></process></definitions>
            """;
        var refused = AutomationCrm.Bpmn.Parsing.ModelCompiler.Compile(AutomationCrm.Bpmn.Markup.BpmnFile.Read(xml), "P");
        Assert.Null(refused.Model);
        Assert.Contains(refused.Problems, p => p.ElementId == "C" && p.Text.Contains("inputs and outputs", StringComparison.Ordinal));
    }

    [Fact]
    public void An_activity_for_compensation_that_nothing_leads_to_is_refused()
    {
        const string xml = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P"><startEvent id="s"/><userTask id="A"/><serviceTask id="U" isForCompensation="true"/><sequenceFlow id="f" sourceRef="s" targetRef="A"/></process></definitions>
            """;
        var refused = AutomationCrm.Bpmn.Parsing.ModelCompiler.Compile(AutomationCrm.Bpmn.Markup.BpmnFile.Read(xml), "P");
        Assert.Null(refused.Model);
        Assert.Contains(refused.Problems, p => p.ElementId == "U" && p.Rule == "compensation");
    }
}
