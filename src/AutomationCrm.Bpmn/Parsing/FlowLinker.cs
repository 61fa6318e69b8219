using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads sequence flows in document order and gives them to their ends; incoming and outgoing lists of the file are not needed.</summary>
internal static class FlowLinker
{
    public static void Link(CompileContext context, MarkupElement process)
    {
        var outgoing = new List<SequenceFlow>[context.Nodes.Count];
        var incoming = new List<SequenceFlow>[context.Nodes.Count];
        foreach (var markup in process.SelfAndDescendants())
        {
            if (markup is not { IsBpmn: true, LocalName: "sequenceFlow" } || Read(context, markup) is not { } flow) continue;
            flow.Index = context.Flows.Count;
            context.Flows.Add(flow);
            (outgoing[flow.Source.Index] ??= []).Add(flow);
            var into = incoming[flow.Target.Index] ??= [];
            flow.Slot = into.Count;
            into.Add(flow);
        }

        foreach (var node in context.Nodes)
        {
            node.OutgoingFlows = outgoing[node.Index]?.ToArray() ?? [];
            node.IncomingFlows = incoming[node.Index]?.ToArray() ?? [];
            if (BpmnFile.LocalPart(node.Markup["default"]) is { Length: > 0 } standard) SetDefault(context, node, standard);
        }
    }

    private static SequenceFlow? Read(CompileContext context, MarkupElement markup)
    {
        var id = markup.Id ?? $"flow{context.Flows.Count + 1}";
        var source = Find(context, markup["sourceRef"]);
        var target = Find(context, markup["targetRef"]);
        if (source is null || target is null)
        {
            context.Error(id, "unknown-reference", $"The flow leads from '{markup["sourceRef"]}' to '{markup["targetRef"]}'; one of them does not exist.");
            return null;
        }

        if (source.Container != target.Container)
        {
            context.Error(id, "flow-scope", $"The flow from '{source.Id}' to '{target.Id}' crosses the border of a sub-process.");
            return null;
        }

        var flow = new SequenceFlow(id, source, target);
        if (source is ParallelGateway or EventBasedGateway) return flow;
        flow.Condition = context.Compile(id, markup.Element("conditionExpression")?.Text(), ExpressionUse.Condition);
        return flow;
    }

    private static FlowNode? Find(CompileContext context, string? reference)
    {
        if (reference is null) return null;
        return context.ById.GetValueOrDefault(reference) ?? context.ById.GetValueOrDefault(BpmnFile.LocalPart(reference)!);
    }

    private static void SetDefault(CompileContext context, FlowNode node, string id)
    {
        node.DefaultFlow = Array.Find(node.OutgoingFlows, f => f.Id == id);
        if (node.DefaultFlow is null) context.Error(node.Id, "unknown-reference", $"The default flow '{id}' does not leave this element.");
    }
}
