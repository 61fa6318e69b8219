using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Model.Extensions;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads the nodes of a process or sub-process; nesting is bounded by the depth of the XML.</summary>
internal static class ScopeReader
{
    /// <summary>What may stand in a process without being executed: drawing, documentation, people, data, things read elsewhere.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "documentation", "extensionElements", "laneSet", "sequenceFlow", "textAnnotation", "association", "group", "category", "auditing", "monitoring",
        "ioSpecification", "ioBinding", "incoming", "outgoing", "dataInputAssociation", "dataOutputAssociation", "dataStoreReference", "dataObjectReference",
        "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "resourceRole", "performer", "humanPerformer", "potentialOwner", "supports",
        "correlationSubscription", "completionCondition", "dataInput", "dataOutput",
    };

    public static void Read(CompileContext context, ScopeDefinition scope, MarkupElement markup)
    {
        foreach (var child in markup.Elements())
        {
            if (!child.IsBpmn || Silent.Contains(child.LocalName)) continue;
            if (child.LocalName is "dataObject" or "property") scope.DataNames.Add(Declare(context, child));
            else if (ElementReaders.Find(child.LocalName) is { } reader) Add(context, scope, child, reader);
            else context.Error(child.Id, "unknown-element", $"The element <{child.LocalName}> cannot be run.");
        }
    }

    private static string Declare(CompileContext context, MarkupElement data)
    {
        var name = CompileContext.VariableOf(data);
        context.AssignedNames.Add(name);
        return name;
    }

    private static void Add(CompileContext context, ScopeDefinition scope, MarkupElement markup, Func<CompileContext, MarkupElement, FlowNode> reader)
    {
        if (string.IsNullOrEmpty(markup.Id))
        {
            context.Error(null, "missing-id", $"A <{markup.LocalName}> has no id.");
            return;
        }

        if (context.Nodes.Count > context.Options.MaxNodes) return;
        var node = reader(context, markup);
        node.Index = context.Nodes.Count;
        node.Container = scope;
        node.Extensions = ExtensionReader.Read(context, markup);
        context.Nodes.Add(node);
        scope.NodeList.Add(node);
        context.ById.TryAdd(node.Id, node);
        if (node is not SubProcess sub) return;
        sub.Content = new(context.Scopes.Count, sub);
        context.Scopes.Add(sub.Content);
        Read(context, sub.Content, markup);
    }
}
