using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Gives somebody a task that belongs to the item.</summary>
internal sealed class CreateTaskRobot() : Robot<CreateTaskRobot.Settings>("create_task", RobotKind.State, RobotGroups.Employee)
{
    public const string TaskId = "TaskId";
    public const string ClosedBy = "ClosedBy";
    public const string ClosedDate = "ClosedDate";

    protected override IReadOnlyList<Field> Results =>
        [RobotResult.Of(TaskId, FieldKind.Integer), RobotResult.Of(ClosedBy, FieldKind.User), RobotResult.Of(ClosedDate, FieldKind.Instant)];

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
        var results = new Dictionary<string, Value> { [TaskId] = Value.Of((decimal)id) };
        return settings.WaitUntilClosed
            ? new Outcome.WaitFor("wait.task", "Waits until the task is closed.", [new WaitSignal(context.Item.Ref, HappeningCodes.TaskClosed)]) { Results = results }
            : new Outcome.Done(results);
    }

    protected override Task<Outcome> ContinueAsync(Settings settings, RobotContext context, WaitAnswer answer, CancellationToken ct)
    {
        // The signal comes for every task of the item.
        if (answer.Facts.GetValueOrDefault(TaskId) != answer.Results.GetValueOrDefault(TaskId)) return Task.FromResult(Outcome.KeepWaiting);

        var results = new Dictionary<string, Value>(answer.Results) { [ClosedBy] = answer.Facts.GetValueOrDefault(ClosedBy, Value.Null), [ClosedDate] = Value.Of(context.Now) };
        return Task.FromResult<Outcome>(new Outcome.Done(results));
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

        /// <summary>Whether robots after it wait for the task; closing it is what ends the waiting.</summary>
        [Setting(FieldKind.Boolean)]
        public bool WaitUntilClosed { get; init; }
    }
}
