using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using System.Globalization;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A date of the item has come: with an offset, for dates at a time of day of the portal. One timer per item, moved when the date changes.</summary>
internal sealed class DateReachedTrigger() : Trigger<DateReachedTrigger.Settings>("date_reached", TriggerEvents.DateReached), ITimedTrigger
{
    protected override IReadOnlyList<Field> Facts => [Fact("Due", FieldKind.Instant), Fact("ResponsibleId", FieldKind.User), Fact("SupervisorId", FieldKind.User)];

    public DateTimeOffset? DueOf(object settings, TimedItem item)
    {
        var own = (Settings)settings;
        if (item.Item.Type.Fields.FindByAnyName(own.Field) is not { } field) return null;

        return item.Item[field.Code] switch
        {
            DateValue day => Moment(day.Day.ToDateTime(TimeOfDay(own)), item.Portal.Calendar.Zone) + own.Offset,
            InstantValue at => at.At + own.Offset,
            _ => null,
        };
    }

    public bool IsMovedBy(object settings, IReadOnlyList<FieldChange> changes) => changes.Any(c => c.Code == ((Settings)settings).Field);

    public bool FiresLate(object settings) => ((Settings)settings).Late;

    public TimeSpan? AgainAfter(object settings) => null;

    // A time that the clocks skip is taken an hour later.
    private static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static TimeOnly TimeOfDay(Settings settings) => TimeOnly.TryParse(settings.Time, CultureInfo.InvariantCulture, out var time) ? time : TimeOnly.MinValue;

    internal sealed record Settings
    {
        [Setting(FieldKind.FieldCodes, Required = true)]
        public string Field { get; init; } = "";

        /// <summary>Before the date when negative.</summary>
        [Setting(FieldKind.Duration)]
        public TimeSpan Offset { get; init; }

        /// <summary>For fields without a time, HH:mm.</summary>
        [Setting(FieldKind.Text, MaxLength = 5)]
        public string Time { get; init; } = "";

        /// <summary>Also when the moment had passed already as the date was set.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Late { get; init; }
    }
}
