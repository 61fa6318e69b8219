using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Writes a line into the item's history (reference 1.6, CrmEventAddActivity).</summary>
internal sealed class AddHistoryEntryRobot() : Robot<AddHistoryEntryRobot.Settings>("add_history_entry", RobotKind.State, RobotGroups.Employee)
{
    public const string EntryId = "EntryId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(EntryId, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var id = await context.Send(new AddHistoryEntry(context.Item.Ref, settings.Subject, settings.Text), ct);
        return RobotResult.Done((EntryId, Value.Of((decimal)id)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, Required = true, MaxLength = AddHistoryEntry.SubjectMaxLength)]
        public string Subject { get; init; } = "";

        [Setting(FieldKind.LongText, MaxLength = TimelineNote.TextMaxLength)]
        public string Text { get; init; } = "";
    }
}
