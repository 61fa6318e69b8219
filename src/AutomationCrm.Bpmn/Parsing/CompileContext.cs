using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>What the readers of one process share: the file, what was found so far, what is wrong.</summary>
internal sealed class CompileContext(BpmnFile file, CompileOptions options)
{
    public BpmnFile File { get; } = file;

    public CompileOptions Options { get; } = options;

    public List<Problem> Problems { get; } = [];

    public List<FlowNode> Nodes { get; } = [];

    public List<SequenceFlow> Flows { get; } = [];

    public List<ScopeDefinition> Scopes { get; } = [];

    public Dictionary<string, FlowNode> ById { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AssignedNames { get; } = new(StringComparer.Ordinal);

    public void Error(string? elementId, string rule, string text) => Problems.Add(new(elementId, Severity.Error, rule, text));

    public void Warn(string? elementId, string rule, string text) => Problems.Add(new(elementId, Severity.Warning, rule, text));

    /// <summary>Null for an absent or broken expression; a broken one is reported.</summary>
    public Expression? Compile(string? elementId, string? text, ExpressionUse use)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            var expression = Options.Language.Compile(text, use);
            Names.UnionWith(expression.Names);
            return expression;
        }
        catch (ExpressionException broken)
        {
            Error(elementId, "expression", $"'{text.Trim()}' is not understood: {broken.Message}");
            return null;
        }
    }

    public Mapping? Map(string? elementId, string? target, Expression? value)
    {
        if (string.IsNullOrEmpty(target) || value is null) return null;
        AssignedNames.Add(target);
        return new(target, value);
    }

    /// <summary>The variable a data object, property or data input stands for.</summary>
    public static string VariableOf(MarkupElement data) => data["name"] is { Length: > 0 } name && IsIdentifier(name) ? name : data.Id ?? "";

    public static bool IsIdentifier(string name) => (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>The data object behind a reference such as a <c>dataObjectReference</c>.</summary>
    public MarkupElement? Data(string? reference)
    {
        var found = File.Resolve(reference?.Trim());
        for (var hops = 0; hops < 4 && (found?["dataObjectRef"] ?? found?["dataStoreRef"]) is { } inner && File.Resolve(inner) is { } next; hops++) found = next;
        return found;
    }
}
