using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Elements;

public sealed class UserTaskTests
{
    [Fact]
    public void It_hands_out_work_with_its_inputs_and_waits()
    {
        var model = Diagram.Model("start s; user A in=who:boss; s -> A");
        var step = Interpreter.Advance(model, ProcessState.New, new StartInstance { Now = default, Variables = Play.Set(("boss", "Ann")) });
        var work = Assert.Single(step.Commands.OfType<StartWork>());
        Assert.Equal(("A", "Ann"), (work.Task.Id, work.Inputs.Find("who")!.ToString()));
    }

    [Fact]
    public void Its_results_become_variables_of_the_instance() =>
        Assert.Equal("ok", Play.Start("start s; user A; user B; s -> A -> B").Complete("A", ("answer", "ok")).Variable("answer")!.ToString());

    [Fact]
    public void With_output_mappings_only_what_is_mapped_leaves_it()
    {
        var play = Play.Start("start s; user A out=total:x*2; user B; s -> A -> B").Complete("A", ("x", 21));
        Assert.Equal(("42", null), (play.Variable("total")!.ToString(), play.Variable("x")));
    }

    [Fact]
    public void An_output_that_cannot_be_computed_is_an_incident_that_keeps_the_results()
    {
        var play = Play.Start("start s; user A out=q:x/y; user B; s -> A -> B").Complete("A", ("x", 4), ("y", 0));
        var incident = Assert.Single(play.Incidents);
        play.Send(now => new RetryIncident(incident.Id) { Now = now, Variables = Play.Set(("y", 2)) });
        Assert.Equal(("B", "2"), (play.Waiting, play.Variable("q")!.ToString()));
    }

    [Fact]
    public void Taken_away_work_is_told_to_the_host()
    {
        var play = Play.Start("start s; user A; boundary m on=A message=M; s -> A; end e; m -> e");
        var (_, waiting) = play.One("A");
        var step = play.Send(now => new MessageReceived("M") { Now = now });
        Assert.Equal(waiting.Id, Assert.Single(step.Commands.OfType<CancelWork>()).Id);
    }

    [Fact]
    public void Its_extensions_are_read()
    {
        const string xml = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:crm="urn:automationcrm:bpmn:1"><process id="P"><userTask id="A"><extensionElements>
            <crm:assignment kind="vote" assignees="role:board"><crm:outcome code="yes" name="Yes"/></crm:assignment><crm:vote rule="percent" number="60" veto="true"/>
            <crm:deadline after="PT48H" action="decide" outcome="no"/><crm:form><crm:field code="AMOUNT" kind="number" required="true"/></crm:form>
            </extensionElements></userTask></process></definitions>
            """;
        var extensions = AutomationCrm.Bpmn.Parsing.ModelCompiler.Compile(AutomationCrm.Bpmn.Markup.BpmnFile.Read(xml), "P").Model!.Find("A")!.Extensions;
        Assert.Equal(("vote", "yes", 60m, "no", "AMOUNT"), (extensions.Assignment!.Kind, extensions.Assignment.Outcomes[0].Code, extensions.Vote!.Number, extensions.Deadline!.Outcome, extensions.Form[0].Code));
    }

    [Theory]
    [InlineData("<crm:assignment kind=\"vote\"/>")]
    [InlineData("<crm:assignment kind=\"sleep\" assignees=\"x\"/>")]
    [InlineData("<crm:vote rule=\"percent\"/>")]
    [InlineData("<crm:deadline after=\"PT1H\" action=\"decide\"/>")]
    [InlineData("<crm:robot/>")]
    [InlineData("<crm:unknown/>")]
    [InlineData("<crm:input name=\"x\"/>")]
    public void A_broken_extension_is_refused(string extension)
    {
        var xml = $"<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:crm=\"urn:automationcrm:bpmn:1\"><process id=\"P\"><userTask id=\"A\"><extensionElements>{extension}</extensionElements></userTask></process></definitions>";
        Assert.Contains(AutomationCrm.Bpmn.Parsing.ModelCompiler.Compile(AutomationCrm.Bpmn.Markup.BpmnFile.Read(xml), "P").Errors, p => p is { ElementId: "A", Rule: "extension" or "mapping" });
    }
}
