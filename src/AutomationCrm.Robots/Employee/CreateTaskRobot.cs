using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Gives somebody a task that belongs to the item.</summary>
internal sealed class CreateTaskRobot() : Robot<CreateTaskRobot.Settings>("create_task", RobotKind.State, RobotGroups.Employee)
{
    public const string TaskId = "TaskId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(TaskId, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var id = await context.Send(
            new AddTask(settings.Title)
            {
                Description = settings.Description,
                ResponsibleId = settings.Responsible.Count > 0 ? settings.Responsible[0] : null,
                Deadline = Deadlines.Of(settings.Deadline, settings.DeadlineAfter, settings.WorkTime, context),
                Checklist = [.. Checklist.FromText(settings.Checklist).Select(l => l.Text)],
                ObserverIds = settings.Observers,
                AccompliceIds = settings.Accomplices,
                Item = context.Item.Ref,
            },
            ct);
        return RobotResult.Done((TaskId, Value.Of((decimal)id)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, Required = true, MaxLength = TaskItem.TitleMaxLength)]
        public string Title { get; init; } = "";

        [Setting(FieldKind.LongText, MaxLength = TaskItem.DescriptionMaxLength)]
        public string Description { get; init; } = "";

        /// <summary>Nobody: the item's responsible person.</summary>
        [Setting(FieldKind.User)]
        public IReadOnlyList<long> Responsible { get; init; } = [];

        [Setting(FieldKind.Instant)]
        public DateTimeOffset? Deadline { get; init; }

        /// <summary>After the deadline's date, or after now when there is none.</summary>
        [Setting(FieldKind.Duration)]
        public TimeSpan? DeadlineAfter { get; init; }

        /// <summary>Whether the span counts working time only.</summary>
        [Setting(FieldKind.Boolean)]
        public bool WorkTime { get; init; }

        /// <summary>A line each.</summary>
        [Setting(FieldKind.LongText, MaxLength = 20_000)]
        public string Checklist { get; init; } = "";

        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> Observers { get; init; } = [];

        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> Accomplices { get; init; } = [];
    }
}
