using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Events a trigger has answered: the stage's robots then start through the trigger only. One per scope.</summary>
internal sealed class TriggerMarks
{
    // By reference: a step that was taken back makes its event anew, with the same version.
    private readonly HashSet<ItemEvent> redirected = new(ReferenceEqualityComparer.Instance);

    public void Add(ItemEvent happened) => redirected.Add(happened);

    public bool Has(ItemEvent happened) => redirected.Contains(happened);
}
