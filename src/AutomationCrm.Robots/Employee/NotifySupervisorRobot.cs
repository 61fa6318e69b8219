using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Tells the head of a person, and further people, something about the item (reference 1.6, CrmControlNotifyActivity).</summary>
internal sealed class NotifySupervisorRobot() : Robot<NotifySupervisorRobot.Settings>("notify_supervisor", RobotKind.State, RobotGroups.Employee)
{
    public const string SupervisorId = "SupervisorId";
    public const string Notified = "Notified";

    private const int MostSteps = 20;

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(SupervisorId, FieldKind.User), RobotResult.Of(Notified, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var of = settings.Of is [var named, ..] ? named : context.Item.ResponsibleId;
        var head = settings.ToHead ? HeadOf(of, context) : null;
        List<long> people = [.. head is null ? [] : (IEnumerable<long>)[head.Id], .. settings.People];
        if (people.Count == 0) return new Outcome.Skipped("supervisor.none", $"{context.Portal.PersonName(of)} has no head.");

        var told = await context.Send(new NotifyPeople(people, settings.Text) { Item = context.Item.Ref }, ct);
        return told > 0
            ? RobotResult.Done((SupervisorId, head is null ? Value.Null : new UserValue(head.Id)), (Notified, Value.Of((decimal)told)))
            : new Outcome.Skipped("person.inactive", "None of the people works here any more.");
    }

    // A head who has left is stood in for by the next one above.
    private static Person? HeadOf(long person, RobotContext context)
    {
        var head = context.Portal.SupervisorOf(person);
        for (var steps = 0; head is { IsActive: false } && steps < MostSteps; steps++) head = context.Portal.SupervisorOf(head.Id);
        return head is { IsActive: true } ? head : null;
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.LongText, Required = true, MaxLength = Notification.TextMaxLength)]
        public string Text { get; init; } = "";

        [Setting(FieldKind.Boolean)]
        public bool ToHead { get; init; } = true;

        /// <summary>Whose head; nobody: the item's responsible person's.</summary>
        [Setting(FieldKind.User)]
        public IReadOnlyList<long> Of { get; init; } = [];

        /// <summary>Who else is told.</summary>
        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> People { get; init; } = [];
    }
}
