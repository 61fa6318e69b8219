namespace AutomationCrm.Bpmn.State;

/// <summary>Something with a number that grows with its age.</summary>
internal interface IKeyed
{
    int Id { get; }
}
