using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A task of the item was closed.</summary>
internal sealed class TaskClosedTrigger() : Trigger<NoSettings>("task_closed", HappeningCodes.TaskClosed)
{
    protected override IReadOnlyList<Field> Facts => [Fact("TaskId", FieldKind.Integer), Fact("Title"), Fact("ClosedBy", FieldKind.User)];
}
