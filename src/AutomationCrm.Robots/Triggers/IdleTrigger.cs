using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>
/// Nobody has done anything with the item for a number of days; what automation does is no activity. Activity is read when the timer
/// fires and the timer set again, so that it costs nothing while people work.
/// </summary>
internal sealed class IdleTrigger() : Trigger<IdleTrigger.Settings>("idle", TriggerEvents.Idle), ITimedTrigger
{
    private const int MostDays = 3650;

    protected override IReadOnlyList<Field> Facts => [Fact("Due", FieldKind.Instant), Fact("ResponsibleId", FieldKind.User), Fact("SupervisorId", FieldKind.User)];

    public DateTimeOffset? DueOf(object settings, TimedItem item) => item.ActiveAt + Span(settings);

    public bool IsMovedBy(object settings, IReadOnlyList<FieldChange> changes) => false;

    public bool FiresLate(object settings) => true;

    public TimeSpan? AgainAfter(object settings) => Span(settings);

    private static TimeSpan Span(object settings) => ((Settings)settings).Days is >= 1 and <= MostDays and var days
        ? TimeSpan.FromDays(days)
        : throw new RuleBrokenException("setting.range", $"The days are between 1 and {MostDays}.", "days");

    internal sealed record Settings
    {
        [Setting(FieldKind.Integer, Required = true)]
        public int Days { get; init; } = 7;
    }
}
