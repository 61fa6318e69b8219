using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Model.Extensions;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads the nodes of a process or sub-process; nesting is bounded by the depth of the XML.</summary>
internal static class ScopeReader
{
    /// <summary>What may stand in a process or sub-process besides its nodes and data, and is read elsewhere or described by <see cref="Vocabulary"/>.</summary>
    private static readonly HashSet<string> Beside = new(StringComparer.Ordinal)
    {
        "documentation", "extensionElements", "laneSet", "sequenceFlow", "textAnnotation", "association", "group", "category", "auditing", "monitoring",
        "ioSpecification", "incoming", "outgoing", "dataInputAssociation", "dataOutputAssociation", "dataStoreReference", "dataObjectReference",
        "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "resourceRole", "performer", "humanPerformer", "potentialOwner", "supports",
        "supportedInterfaceRef", "completionCondition", "dataInput", "dataOutput",
    };

    public static void Read(CompileContext context, ScopeDefinition scope, MarkupElement markup)
    {
        foreach (var child in markup.Elements())
        {
            if (!child.IsBpmn || Beside.Contains(child.LocalName)) continue;
            if (child.LocalName is "dataObject" or "property") scope.DataNames.Add(Declare(context, child));
            else if (ElementReaders.Find(child.LocalName) is { } reader) Add(context, scope, child, reader);
            else if (Vocabulary.Refusal(child.LocalName) is null) context.Error(child.Id, "unknown-element", $"The element <{child.LocalName}> has no meaning at this place.");
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
        node.Extensions = OwnerReader.Add(context, node, ExtensionReader.Read(context, markup));
        context.Nodes.Add(node);
        scope.NodeList.Add(node);
        context.ById.TryAdd(node.Id, node);
        if (node is not SubProcess sub) return;
        sub.Content = new(context.Scopes.Count, sub);
        context.Scopes.Add(sub.Content);
        Read(context, sub.Content, markup);
    }
}
