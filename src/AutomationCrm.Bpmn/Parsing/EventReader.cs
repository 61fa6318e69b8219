using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads what all events have: definitions and mappings.</summary>
internal static class EventReader
{
    public static T Fill<T>(CompileContext context, T source)
        where T : EventNode
    {
        source.Definitions = [.. EventDefinitionReader.ReadAll(context, source.Markup)];
        source.IsParallelMultiple = source.Markup["parallelMultiple"] is "true" or "1" && source.Definitions.Count > 1;
        var mappings = new List<Mapping>();
        foreach (var extension in source.Markup.Element("extensionElements")?.Elements() ?? [])
        {
            if (extension.NamespaceUri != BpmnNames.Extension || extension.LocalName is not ("input" or "output")) continue;
            if (context.Map(source.Id, extension["name"], context.Compile(source.Id, extension["value"], ExpressionUse.Value)) is { } mapping) mappings.Add(mapping);
            else context.Error(source.Id, "mapping", $"An {extension.LocalName} mapping needs a name and a value.");
        }

        source.Mappings = mappings;
        return source;
    }
}
