using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>The elements that can be run, by their name in BPMN. This list is the index of the library.</summary>
internal static class ElementReaders
{
    private static readonly Dictionary<string, Func<CompileContext, MarkupElement, FlowNode>> ByName = new(StringComparer.Ordinal)
    {
        ["task"] = (c, m) => ActivityReader.Fill(c, new PlainTask(m) { IsWork = c.Options.PassingTasksAreWork }),
        ["manualTask"] = (c, m) => ActivityReader.Fill(c, new ManualTask(m) { IsWork = c.Options.PassingTasksAreWork }),
        ["userTask"] = (c, m) => ActivityReader.Fill(c, new UserTask(m)),
        ["serviceTask"] = (c, m) => ActivityReader.Fill(c, new ServiceTask(m) { Operation = c.File.Resolve(m["operationRef"])?["name"] }),
        ["businessRuleTask"] = (c, m) => ActivityReader.Fill(c, new BusinessRuleTask(m)),
        ["sendTask"] = (c, m) => ActivityReader.Fill(c, new SendTask(m) { Message = (m["messageRef"] ?? m["operationRef"]) is null ? null : EventDefinitionReader.Message(c, m, m) }),
        ["receiveTask"] = ReceiveTask,
        ["scriptTask"] = ScriptTask,
        ["callActivity"] = (c, m) => CallReader.Read(c, m),
        ["subProcess"] = (c, m) => m["triggeredByEvent"] is "true" or "1" ? ActivityReader.Fill(c, new EventSubProcess(m)) : ActivityReader.Fill(c, new SubProcess(m)),
        ["transaction"] = (c, m) => ActivityReader.Fill(c, new Transaction(m)),
        ["adHocSubProcess"] = AdHoc,
        ["startEvent"] = (c, m) => EventReader.Fill(c, new StartEvent(m) { IsInterrupting = m["isInterrupting"] is not ("false" or "0") }),
        ["endEvent"] = (c, m) => EventReader.Fill(c, new EndEvent(m)),
        ["intermediateCatchEvent"] = (c, m) => EventReader.Fill(c, new IntermediateCatchEvent(m)),
        ["intermediateThrowEvent"] = (c, m) => EventReader.Fill(c, new IntermediateThrowEvent(m)),
        ["boundaryEvent"] = (c, m) => EventReader.Fill(c, new BoundaryEvent(m) { IsInterrupting = m["cancelActivity"] is not ("false" or "0") }),
        ["exclusiveGateway"] = (_, m) => new ExclusiveGateway(m),
        ["parallelGateway"] = (_, m) => new ParallelGateway(m),
        ["inclusiveGateway"] = (_, m) => new InclusiveGateway(m),
        ["complexGateway"] = (c, m) => new ComplexGateway(m) { ActivationCondition = c.Compile(m.Id, m.Element("activationCondition")?.Text(), ExpressionUse.Condition) },
        ["eventBasedGateway"] = (_, m) => new EventBasedGateway(m) { Instantiates = m["instantiate"] is "true" or "1", IsParallel = m["eventGatewayType"] == "Parallel" },
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static Func<CompileContext, MarkupElement, FlowNode>? Find(string localName) => ByName.GetValueOrDefault(localName);

    private static ReceiveTask ReceiveTask(CompileContext context, MarkupElement markup)
    {
        var message = EventDefinitionReader.Message(context, markup, markup);
        return ActivityReader.Fill(context, new ReceiveTask(markup) { Message = message, Awaited = [message], Instantiates = markup["instantiate"] is "true" or "1" });
    }

    private static ScriptTask ScriptTask(CompileContext context, MarkupElement markup)
    {
        var text = markup.Element("script")?.Text();
        var result = markup.Foreign("resultVariable");
        if (result is not null) context.AssignedNames.Add(result);
        if (!context.Options.ScriptsAreWork && string.IsNullOrEmpty(text)) context.Error(markup.Id, "script", "The script task has no script.");
        return ActivityReader.Fill(context, new ScriptTask(markup)
        {
            Script = context.Options.ScriptsAreWork ? null : context.Compile(markup.Id, text, ExpressionUse.Script),
            ResultVariable = result,
        });
    }

    private static AdHocSubProcess AdHoc(CompileContext context, MarkupElement markup) => ActivityReader.Fill(context, new AdHocSubProcess(markup)
    {
        IsSequential = markup["ordering"] == "Sequential",
        CancelsRemaining = markup["cancelRemainingInstances"] is not ("false" or "0"),
        CompletionCondition = context.Compile(markup.Id, markup.Element("completionCondition")?.Text(), ExpressionUse.Condition),
    });
}
