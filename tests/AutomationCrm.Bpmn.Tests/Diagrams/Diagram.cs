using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Tests.Diagrams;

/// <summary>
/// Diagrams as text. A line is an element (<c>user A on=B timer=PT1H</c>), a way (<c>A -> B -> C</c>, the last flow with <c>: condition</c>
/// or <c>: default</c>), the begin of a scope (<c>sub X {</c>) or its end. The process is called <c>P</c>.
/// </summary>
internal static class Diagram
{
    public static BpmnFile File(string text) => BpmnFile.From(new DiagramReader(text).Read());

    public static ProcessModel Model(string text, CompileOptions? options = null)
    {
        var result = ModelCompiler.Compile(File(text), "P", options);
        return result.Model ?? throw new InvalidOperationException(string.Join("; ", result.Problems));
    }

    public static IReadOnlyList<Problem> Problems(string text) => ModelCompiler.Compile(File(text), "P").Problems;
}
