using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Plans a to-do, a call or a meeting with the client (reference 1.6, CrmCreateToDoActivity, CrmCreateCallActivity, CrmCreateMeetingActivity).</summary>
internal sealed class PlanActivityRobot() : Robot<PlanActivityRobot.Settings>("plan_activity", RobotKind.State, RobotGroups.Employee)
{
    public const string TaskId = "TaskId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(TaskId, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var id = await context.Send(
            new AddTask(settings.Title)
            {
                Kind = settings.Kind switch { "call" => TaskKind.Call, "meeting" => TaskKind.Meeting, _ => TaskKind.ToDo },
                Description = settings.Description,
                ResponsibleId = settings.Responsible.Count > 0 ? settings.Responsible[0] : null,
                Deadline = Deadlines.Of(settings.Deadline, settings.DeadlineAfter, settings.WorkTime, context),
                Item = context.Item.Ref,
            },
            ct);
        return RobotResult.Done((TaskId, Value.Of((decimal)id)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Option, Required = true, Options = ["todo", "call", "meeting"])]
        public string Kind { get; init; } = "todo";

        [Setting(FieldKind.Text, Required = true, MaxLength = TaskItem.TitleMaxLength)]
        public string Title { get; init; } = "";

        [Setting(FieldKind.LongText, MaxLength = TaskItem.DescriptionMaxLength)]
        public string Description { get; init; } = "";

        [Setting(FieldKind.User)]
        public IReadOnlyList<long> Responsible { get; init; } = [];

        [Setting(FieldKind.Instant)]
        public DateTimeOffset? Deadline { get; init; }

        [Setting(FieldKind.Duration)]
        public TimeSpan? DeadlineAfter { get; init; }

        [Setting(FieldKind.Boolean)]
        public bool WorkTime { get; init; }
    }
}
