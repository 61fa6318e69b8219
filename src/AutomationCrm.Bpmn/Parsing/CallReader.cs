using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads which process a call activity calls.</summary>
internal static class CallReader
{
    public static CallActivity Read(CompileContext context, MarkupElement markup)
    {
        var vendor = markup.Element("extensionElements")?.Elements().FirstOrDefault(e => e.LocalName == "calledElement");
        var called = markup["calledElement"] ?? vendor?["processId"] ?? "";
        if (called.Length == 0) context.Error(markup.Id, "call", "The call activity does not say what it calls.");
        var call = new CallActivity(markup)
        {
            ProcessId = Name(context, markup, called),
            Binding = markup.Foreign("binding") ?? markup.Foreign("calledElementBinding") ?? vendor?["bindingType"] ?? "deployment",
            SharesVariables = context.Options.CallsShareVariables,
        };
        if (context.File.Resolve(called) is { LocalName: var kind } global && kind.StartsWith("global", StringComparison.Ordinal))
        {
            call.GlobalTask = kind;
            if (global.Element("ioSpecification") is not null) context.Error(markup.Id, "call", $"The called task '{called}' has inputs and outputs of its own; write them at the call.");
        }

        return ActivityReader.Fill(context, call);
    }

    private static EventName Name(CompileContext context, MarkupElement markup, string called)
    {
        if (called.Contains('{', StringComparison.Ordinal) || called.StartsWith('=')) return new(called, context.Compile(markup.Id, called, ExpressionUse.Template));
        return new(BpmnFile.LocalPart(called)!);
    }
}
