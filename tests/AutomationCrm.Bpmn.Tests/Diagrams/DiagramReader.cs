using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Tests.Diagrams;

internal sealed class DiagramReader(string text)
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["task"] = "task",
        ["manual"] = "manualTask",
        ["user"] = "userTask",
        ["service"] = "serviceTask",
        ["send"] = "sendTask",
        ["receive"] = "receiveTask",
        ["rule"] = "businessRuleTask",
        ["script"] = "scriptTask",
        ["call"] = "callActivity",
        ["sub"] = "subProcess",
        ["esub"] = "subProcess",
        ["tx"] = "transaction",
        ["adhoc"] = "adHocSubProcess",
        ["start"] = "startEvent",
        ["end"] = "endEvent",
        ["catch"] = "intermediateCatchEvent",
        ["throw"] = "intermediateThrowEvent",
        ["boundary"] = "boundaryEvent",
        ["xor"] = "exclusiveGateway",
        ["and"] = "parallelGateway",
        ["or"] = "inclusiveGateway",
        ["complex"] = "complexGateway",
        ["events"] = "eventBasedGateway",
        ["data"] = "dataObject",
    };

    private readonly MarkupElement definitions = new("", "definitions", BpmnNames.Model);
    private readonly HashSet<string> shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MarkupElement> byId = new(StringComparer.Ordinal);
    private readonly Stack<MarkupElement> open = new();
    private int flows;

    public static MarkupElement Make(string name, string? id = null)
    {
        var element = new MarkupElement("", name, BpmnNames.Model);
        return id is null ? element : element.Set("id", id);
    }

    public MarkupElement Read()
    {
        definitions.Set(new MarkupAttribute("", "xmlns", BpmnNames.Declarations, BpmnNames.Model));
        definitions.Set(new MarkupAttribute("xmlns", "crm", BpmnNames.Declarations, BpmnNames.Extension));
        definitions.Set("targetNamespace", "urn:test");
        open.Push(Make("process", "P").Set("isExecutable", "true"));
        foreach (var raw in text.Split('\n', ';'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line == "}") open.Pop();
            else if (line.Contains("->", StringComparison.Ordinal)) Way(line);
            else Element(line);
        }

        definitions.Add(open.Pop());
        return definitions;
    }

    private void Way(string line)
    {
        var parts = line.Split("->", StringSplitOptions.TrimEntries);
        string? condition = null;
        if (parts[^1].Split(':', 2, StringSplitOptions.TrimEntries) is [var last, var rest]) (parts[^1], condition) = (last, rest);
        for (var i = 0; i + 1 < parts.Length; i++)
        {
            var id = $"f{++flows}_{parts[i]}_{parts[i + 1]}";
            var flow = Make("sequenceFlow", id).Set("sourceRef", parts[i]).Set("targetRef", parts[i + 1]);
            open.Peek().Add(flow);
            if (i + 2 != parts.Length || condition is null) continue;
            if (condition == "default") byId[parts[i]].Set("default", id);
            else flow.Add(Make("conditionExpression").Add(new MarkupText(condition, isCData: false)));
        }
    }

    private void Element(string line)
    {
        var opens = line.EndsWith('{');
        var words = line.TrimEnd('{').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "undo")
        {
            open.Peek().Add(Make("association", $"a{++flows}").Set("sourceRef", words[1]).Set("targetRef", words[2]));
            return;
        }

        var element = Make(Kinds[words[0]], words[1]);
        byId[words[1]] = element;
        open.Peek().Add(element);
        if (words[0] == "esub") element.Set("triggeredByEvent", "true");
        foreach (var word in words[2..]) new DiagramAttribute(definitions, shared, element).Apply(word);
        if (opens) open.Push(element);
    }
}
