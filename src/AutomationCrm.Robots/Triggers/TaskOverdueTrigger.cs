using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>The deadline of an open task of the item has passed.</summary>
internal sealed class TaskOverdueTrigger() : Trigger<NoSettings>("task_overdue", HappeningCodes.TaskOverdue)
{
    protected override IReadOnlyList<Field> Facts =>
    [
        Fact("TaskId", FieldKind.Integer), Fact("Title"), Fact("ResponsibleId", FieldKind.User), Fact("SupervisorId", FieldKind.User), Fact("Deadline", FieldKind.Instant),
    ];
}
