using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads mappings: our own <c>input</c> and <c>output</c> extensions and the standard's data associations.</summary>
internal static class MappingReader
{
    public static (Mapping[] Inputs, Mapping[] Outputs) Read(CompileContext context, MarkupElement markup)
    {
        List<Mapping>? inputs = null, outputs = null;
        if (markup.Element("extensionElements") is { } extensions)
        {
            foreach (var extension in extensions.Elements())
            {
                if (extension.NamespaceUri != BpmnNames.Extension || extension.LocalName is not ("input" or "output")) continue;
                var mapping = context.Map(markup.Id, extension["name"], context.Compile(markup.Id, extension["value"], ExpressionUse.Value));
                if (mapping is null) context.Error(markup.Id, "mapping", $"An {extension.LocalName} mapping needs a name and a value.");
                else if (extension.LocalName == "input") (inputs ??= []).Add(mapping);
                else (outputs ??= []).Add(mapping);
            }
        }

        foreach (var association in markup.Elements("dataInputAssociation")) Associate(context, markup, association, ref inputs);
        foreach (var association in markup.Elements("dataOutputAssociation")) Associate(context, markup, association, ref outputs);
        return (inputs?.ToArray() ?? [], outputs?.ToArray() ?? []);
    }

    private static void Associate(CompileContext context, MarkupElement markup, MarkupElement association, ref List<Mapping>? mappings)
    {
        var assigned = false;
        foreach (var assignment in association.Elements("assignment"))
        {
            var to = assignment.Element("to")?.Text().Trim('$', '{', '}');
            var name = to is null ? null : context.Data(to) is { } target ? CompileContext.VariableOf(target) : to;
            if (context.Map(markup.Id, name, context.Compile(markup.Id, assignment.Element("from")?.Text(), ExpressionUse.Value)) is not { } mapping) continue;
            (mappings ??= []).Add(mapping);
            assigned = true;
        }

        if (assigned) return;
        var targetName = context.Data(association.Element("targetRef")?.Text()) is { } end ? CompileContext.VariableOf(end) : null;
        var value = context.Compile(markup.Id, association.Element("transformation")?.Text(), ExpressionUse.Value) ?? Source(context, association);
        if (context.Map(markup.Id, targetName, value) is { } made) (mappings ??= []).Add(made);
    }

    private static VariableReference? Source(CompileContext context, MarkupElement association)
    {
        var reference = association.Element("sourceRef")?.Text();
        if (string.IsNullOrEmpty(reference)) return null;
        // A result that was not given leaves its target as it is.
        var target = association.LocalName == "dataOutputAssociation" && context.Data(association.Element("targetRef")?.Text()) is { } end ? CompileContext.VariableOf(end) : null;
        var names = new[] { context.Data(reference) is { } data ? CompileContext.VariableOf(data) : null, context.Data(reference)?.Id, BpmnFile.LocalPart(reference), target };
        return new([.. names.OfType<string>().Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)]);
    }
}
