using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Migration;

/// <summary>Which element of the old version becomes which of the new one; elements that are not named keep their id.</summary>
public sealed record MigrationPlan(IReadOnlyDictionary<string, string> Elements)
{
    public static MigrationPlan SameIds { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    internal FlowNode? Target(ProcessModel to, FlowNode source) => to.Find(Elements.GetValueOrDefault(source.Id, source.Id));
}

/// <summary>Why one active thing cannot be moved.</summary>
public sealed record MigrationProblem(int NodeId, string ElementId, string Text);
