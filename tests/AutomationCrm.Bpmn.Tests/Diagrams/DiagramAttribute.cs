using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Tests.Diagrams;

/// <summary>One <c>name=value</c> behind an element; <c>~</c> stands for a blank.</summary>
internal sealed class DiagramAttribute(MarkupElement definitions, HashSet<string> shared, MarkupElement element)
{
    private MarkupElement? loop;

    public void Apply(string word)
    {
        var (name, value) = word.Split('=', 2) is [var n, var v] ? (n, v.Replace('~', ' ')) : (word, "");
        switch (name)
        {
            case "on": element.Set("attachedToRef", value); break;
            case "side": element.Set(element.LocalName == "startEvent" ? "isInterrupting" : "cancelActivity", "false"); break;
            case "undoing": element.Set("isForCompensation", "true"); break;
            case "all": element.Set("parallelMultiple", "true"); break;
            case "name": element.Set("name", value); break;
            case "calls": element.Set("calledElement", value); break;
            case "instantiate": element.Set("instantiate", "true"); break;
            case "parallel": element.Set("eventGatewayType", "Parallel"); break;
            case "sequential" when element.LocalName == "adHocSubProcess": element.Set("ordering", "Sequential"); break;
            case "keeps": element.Set("cancelRemainingInstances", "false"); break;
            case "starts": element.Set("startQuantity", value); break;
            case "completes": element.Set("completionQuantity", value); break;
            case "until" when element.LocalName == "adHocSubProcess": Text(element, "completionCondition", value); break;
            case "activation": Text(element, "activationCondition", value); break;
            case "script": Text(element, "script", value); break;
            case "result": element.Set(new MarkupAttribute("crm", "resultVariable", BpmnNames.Extension, value)); break;
            case "key": element.Set(new MarkupAttribute("crm", "correlationKey", BpmnNames.Extension, value)); break;
            case "in" or "out": Extension(name + "put", value); break;
            case "message" when element.LocalName is "receiveTask" or "sendTask": element.Set("messageRef", Shared("message", value, "name")); break;
            case "message": Event("messageEventDefinition", "messageRef", Shared("message", value, "name")); break;
            case "signal": Event("signalEventDefinition", "signalRef", Shared("signal", value, "name")); break;
            case "error": Event("errorEventDefinition", "errorRef", value.Length == 0 ? null : Shared("error", value, "errorCode")); break;
            case "escalation": Event("escalationEventDefinition", "escalationRef", value.Length == 0 ? null : Shared("escalation", value, "escalationCode")); break;
            case "compensate": Event("compensateEventDefinition", "activityRef", value.Length == 0 ? null : value); break;
            case "nowait": element.Element("compensateEventDefinition")!.Set("waitForCompletion", "false"); break;
            case "cancel": Event("cancelEventDefinition", "", null); break;
            case "terminate": Event("terminateEventDefinition", "", null); break;
            case "link": element.Add(DiagramReader.Make("linkEventDefinition").Set("name", value)); break;
            case "if": Text(Event("conditionalEventDefinition", "", null), "condition", value); break;
            case "timer": Text(Event("timerEventDefinition", "", null), TimerKind(value), value); break;
            default: Loop(name, value); break;
        }
    }

    private static string TimerKind(string value) => value[0] == 'R' || value.Contains(' ', StringComparison.Ordinal) ? "timeCycle" : value[0] == 'P' ? "timeDuration" : "timeDate";

    private void Loop(string name, string value)
    {
        if (name is "while" or "max" or "first")
        {
            loop = element.Element("standardLoopCharacteristics") ?? Add(element, "standardLoopCharacteristics");
            if (name == "while") Text(loop, "loopCondition", value);
            else loop.Set(name == "max" ? "loopMaximum" : "testBefore", name == "max" ? value : "true");
            return;
        }

        loop = element.Element("multiInstanceLoopCharacteristics") ?? Add(element, "multiInstanceLoopCharacteristics");
        switch (name)
        {
            case "times": Text(loop, "loopCardinality", value); break;
            case "sequential": loop.Set("isSequential", "true"); break;
            case "until": Text(loop, "completionCondition", value); break;
            case "each":
                loop.Set(new MarkupAttribute("crm", "collection", BpmnNames.Extension, value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]));
                loop.Set(new MarkupAttribute("crm", "elementVariable", BpmnNames.Extension, value[..value.IndexOf(':', StringComparison.Ordinal)]));
                break;
            case "collect":
                loop.Set(new MarkupAttribute("crm", "outputCollection", BpmnNames.Extension, value[..value.IndexOf(':', StringComparison.Ordinal)]));
                loop.Set(new MarkupAttribute("crm", "outputElement", BpmnNames.Extension, value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]));
                break;
            default: throw new InvalidOperationException($"'{name}' is no attribute of a diagram.");
        }
    }

    private MarkupElement Event(string kind, string attribute, string? reference)
    {
        var definition = Add(element, kind);
        if (reference is not null) definition.Set(attribute, reference);
        return definition;
    }

    private string Shared(string kind, string name, string attribute)
    {
        var id = $"{kind}_{name}";
        if (shared.Add(id)) definitions.Add(DiagramReader.Make(kind, id).Set(attribute, name));
        return id;
    }

    private void Extension(string kind, string value)
    {
        var extensions = element.Element("extensionElements") ?? Add(element, "extensionElements");
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        extensions.Add(new MarkupElement("crm", kind, BpmnNames.Extension).Set("name", value[..colon]).Set("value", value[(colon + 1)..]));
    }

    private static MarkupElement Add(MarkupElement parent, string name)
    {
        var child = DiagramReader.Make(name);
        parent.Add(child);
        return child;
    }

    private static void Text(MarkupElement parent, string name, string text) => Add(parent, name).Add(new MarkupText(text, isCData: false));
}
