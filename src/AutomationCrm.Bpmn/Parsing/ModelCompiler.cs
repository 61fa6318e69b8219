using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Makes runnable models of the processes in a file, or says why not: every element has behaviour or is refused.</summary>
public static class ModelCompiler
{
    /// <summary>Compiles one process; <see cref="CompileResult.Model"/> is null when there are errors.</summary>
    public static CompileResult Compile(BpmnFile file, string processId, CompileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var context = new CompileContext(file, options ?? CompileOptions.Default);
        var markup = file.Processes.FirstOrDefault(p => p.Id == processId);
        if (markup is null)
        {
            context.Error(processId, "unknown-process", $"The file has no process '{processId}'.");
            return new(null, context.Problems);
        }

        foreach (var id in file.DuplicateIds) context.Error(id, "duplicate-id", $"The id '{id}' is used more than once.");
        var root = new ScopeDefinition(0, null);
        context.Scopes.Add(root);
        ScopeReader.Read(context, root, markup);
        if (context.Nodes.Count > context.Options.MaxNodes)
        {
            context.Error(processId, "size", $"The process has {context.Nodes.Count} elements; {context.Options.MaxNodes} are allowed.");
            return new(null, context.Problems);
        }

        VocabularyRules.Check(context, markup);
        Linker.Link(context, markup);
        StructureRules.Check(context);
        if (context.Problems.Exists(p => p.Severity == Severity.Error)) return new(null, context.Problems);
        return new(Finish(context, markup), context.Problems);
    }

    /// <summary>Compiles every executable process of the file.</summary>
    public static IReadOnlyList<CompileResult> CompileAll(BpmnFile file, CompileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [.. file.ExecutableProcessIds.Select(id => Compile(file, id, options))];
    }

    private static ProcessModel Finish(CompileContext context, MarkupElement markup) =>
        new(markup, context.File, [.. context.Nodes], [.. context.Flows], [.. context.Scopes], context.Options)
        {
            HasConditionalEvents = context.Nodes.OfType<EventNode>().Any(e => e.Definitions.Any(d => d is ConditionalDefinition)),
            HasSynchronisingJoins = context.Nodes.Exists(n => n is InclusiveGateway or ComplexGateway && n.IncomingFlows.Length > 1),
            References = [.. context.Names.Except(context.AssignedNames, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
}
