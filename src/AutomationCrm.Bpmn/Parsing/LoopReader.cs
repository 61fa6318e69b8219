using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads markers: the standard's elements, and where vendors and we write collection, element and results.</summary>
internal static class LoopReader
{
    public static LoopMarker? Read(CompileContext context, MarkupElement markup)
    {
        if (markup.Element("standardLoopCharacteristics") is { } loop) return Standard(context, markup.Id, loop);
        return markup.Element("multiInstanceLoopCharacteristics") is { } multi ? Multi(context, markup, multi) : null;
    }

    private static StandardLoop Standard(CompileContext context, string? id, MarkupElement loop)
    {
        var condition = context.Compile(id, loop.Element("loopCondition")?.Text(), ExpressionUse.Condition);
        var maximum = context.Compile(id, loop["loopMaximum"] ?? loop.Element("loopMaximum")?.Text(), ExpressionUse.Value);
        if (condition is null && maximum is null) context.Error(id, "loop", "The loop has neither a condition nor a maximum and would never end.");
        return new(loop["testBefore"] is "true" or "1", condition, maximum);
    }

    private static MultiInstance Multi(CompileContext context, MarkupElement markup, MarkupElement loop)
    {
        var id = markup.Id;
        var vendor = loop.Element("extensionElements")?.Elements().FirstOrDefault(e => e.LocalName is "loopCharacteristics" or "multiInstance");
        var collection = Collection(context, markup, loop, vendor);
        var cardinality = context.Compile(id, loop.Element("loopCardinality")?.Text(), ExpressionUse.Value);
        if (collection is null && cardinality is null) context.Error(id, "multi-instance", "The multi-instance marker names neither a collection nor a number of instances.");
        var item = loop.Element("inputDataItem");
        var element = vendor?["inputElement"] ?? vendor?["elementVariable"] ?? loop.Foreign("elementVariable") ?? (item is null ? null : CompileContext.VariableOf(item));
        if (element is not null) context.AssignedNames.Add(element);
        var output = Output(context, loop, vendor);
        if (output is not null) context.AssignedNames.Add(output);
        var behavior = Enum.TryParse<MultiInstanceBehavior>(loop["behavior"], out var known) ? known : MultiInstanceBehavior.All;
        return new()
        {
            IsSequential = loop["isSequential"] is "true" or "1",
            Collection = collection,
            Cardinality = cardinality,
            ElementVariable = element,
            ElementAlias = item?.Id is { } alias && alias != element ? alias : null,
            CompletionCondition = context.Compile(id, loop.Element("completionCondition")?.Text(), ExpressionUse.Condition),
            OutputCollection = output,
            OutputElement = output is null ? null : OutputElement(context, id, loop, vendor),
            Behavior = behavior,
            Event = Event(context, id, behavior, loop),
            ComplexBehaviors = [.. loop.Elements("complexBehaviorDefinition").Select(d => Complex(context, markup, d)).OfType<ComplexBehavior>()],
        };
    }

    private static Expression? Collection(CompileContext context, MarkupElement markup, MarkupElement loop, MarkupElement? vendor)
    {
        var text = vendor?["inputCollection"] ?? vendor?["collection"] ?? loop.Foreign("collection");
        if (text is not null) return context.Compile(markup.Id, text, ExpressionUse.Value);
        var reference = loop.Element("loopDataInputRef")?.Text();
        if (string.IsNullOrEmpty(reference)) return null;
        var names = new List<string>();
        if (context.Data(reference) is { } data) names.Add(CompileContext.VariableOf(data));
        names.Add(BpmnFile.LocalPart(reference)!);

        // A data input of the task itself is filled by its association; the marker is measured before, so it looks at the source.
        foreach (var association in markup.Elements("dataInputAssociation"))
        {
            if (association.Element("targetRef")?.Text() != reference) continue;
            if (context.Data(association.Element("sourceRef")?.Text()) is { } source) names.AddRange([CompileContext.VariableOf(source), source.Id ?? ""]);
        }

        return new VariableReference([.. names.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)]);
    }

    private static string? Output(CompileContext context, MarkupElement loop, MarkupElement? vendor)
    {
        var name = vendor?["outputCollection"] ?? loop.Foreign("outputCollection");
        if (name is not null) return name;
        var reference = loop.Element("loopDataOutputRef")?.Text();
        if (string.IsNullOrEmpty(reference)) return null;
        return context.Data(reference) is { } data ? CompileContext.VariableOf(data) : BpmnFile.LocalPart(reference);
    }

    private static Expression? OutputElement(CompileContext context, string? id, MarkupElement loop, MarkupElement? vendor)
    {
        var text = vendor?["outputElement"] ?? loop.Foreign("outputElement");
        if (text is not null) return context.Compile(id, text, ExpressionUse.Value);
        if (loop.Element("outputDataItem") is { } item) return new VariableReference([.. new[] { CompileContext.VariableOf(item), item.Id ?? "" }.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)]);
        context.Error(id, "multi-instance", "The marker collects results but does not say which value of an instance is meant.");
        return null;
    }

    private static EventDefinition? Event(CompileContext context, string? id, MultiInstanceBehavior behavior, MarkupElement loop)
    {
        if (behavior is not (MultiInstanceBehavior.None or MultiInstanceBehavior.One)) return null;
        var reference = loop[behavior == MultiInstanceBehavior.None ? "noneBehaviorEventRef" : "oneBehaviorEventRef"];
        if (context.File.Resolve(reference) is { } definition && EventDefinitionReader.Read(context, loop, definition) is { } read) return read;
        context.Error(id, "multi-instance", $"The behavior '{behavior}' needs an event to throw.");
        return null;
    }

    private static ComplexBehavior? Complex(CompileContext context, MarkupElement markup, MarkupElement definition)
    {
        var condition = context.Compile(markup.Id, definition.Element("condition")?.Text(), ExpressionUse.Condition);
        var thrown = definition.Element("event") is { } source ? EventDefinitionReader.ReadAll(context, source).FirstOrDefault() : null;
        if (condition is not null && thrown is not null) return new(condition, thrown);
        context.Error(markup.Id, "multi-instance", "A complex behavior needs a condition and an event.");
        return null;
    }
}
