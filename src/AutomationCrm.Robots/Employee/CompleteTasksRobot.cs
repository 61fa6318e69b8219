using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Closes open tasks of the item: all, those made on a stage, or those made by this run (reference 1.6, CrmCompleteTaskActivity).</summary>
internal sealed class CompleteTasksRobot() : Robot<CompleteTasksRobot.Settings>("complete_tasks", RobotKind.State, RobotGroups.Employee)
{
    public const string Completed = "Completed";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Completed, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var closed = await context.Send(
            new CompleteTasks(context.Item.Ref)
            {
                StageId = settings.Which == "stage" ? settings.Stage.Length > 0 ? settings.Stage : context.Item.StageId : null,
                RunId = settings.Which == "run" ? context.RunId : null,
            },
            ct);
        return closed > 0
            ? RobotResult.Done((Completed, Value.Of((decimal)closed)))
            : new Outcome.Skipped("tasks.none", "There is no open task of that kind.");
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Option, Required = true, Options = ["stage", "run", "all"])]
        public string Which { get; init; } = "stage";

        /// <summary>Where the tasks were made; empty: the stage the item stands on.</summary>
        [Setting(FieldKind.AnyStage, MaxLength = 100, When = "which=stage")]
        public string Stage { get; init; } = "";
    }
}
