using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>Another person became responsible for the item.</summary>
internal sealed class ResponsibleChangedTrigger() : Trigger<NoSettings>("responsible_changed", TriggerEvents.ResponsibleChanged)
{
    protected override IReadOnlyList<Field> Facts => [Fact("From", FieldKind.User), Fact("To", FieldKind.User)];
}
