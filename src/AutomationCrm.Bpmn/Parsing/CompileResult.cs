using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>A model, or the errors that stand in its way; warnings come with both.</summary>
public sealed record CompileResult(ProcessModel? Model, IReadOnlyList<Problem> Problems)
{
    public IEnumerable<Problem> Errors => Problems.Where(p => p.Severity == Severity.Error);
}
