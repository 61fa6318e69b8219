using AutomationCrm.Bpmn.Elements.Events;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads what all events have: definitions and mappings.</summary>
internal static class EventReader
{
    public static T Fill<T>(CompileContext context, T source)
        where T : EventNode
    {
        source.Definitions = [.. EventDefinitionReader.ReadAll(context, source.Markup)];
        source.IsParallelMultiple = source.Markup["parallelMultiple"] is "true" or "1" && source.Definitions.Count > 1;
        var (inputs, outputs) = MappingReader.Read(context, source.Markup);
        source.Mappings = [.. inputs, .. outputs];
        return source;
    }
}
