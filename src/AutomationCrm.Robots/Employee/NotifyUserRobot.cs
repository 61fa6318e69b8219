using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Tells people something in their bells.</summary>
internal sealed class NotifyUserRobot() : Robot<NotifyUserRobot.Settings>("notify_user", RobotKind.State, RobotGroups.Employee)
{
    public const string Notified = "Notified";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Notified, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var people = settings.People.Count > 0 ? settings.People : [context.Item.ResponsibleId];
        var told = await context.Send(new NotifyPeople(people, settings.Text) { Item = context.Item.Ref }, ct);
        return told > 0
            ? RobotResult.Done((Notified, Value.Of((decimal)told)))
            : new Outcome.Skipped("person.inactive", "None of the people works here any more.");
    }

    internal sealed record Settings
    {
        /// <summary>Nobody: the item's responsible person.</summary>
        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> People { get; init; } = [];

        [Setting(FieldKind.LongText, Required = true, MaxLength = Notification.TextMaxLength)]
        public string Text { get; init; } = "";
    }
}
