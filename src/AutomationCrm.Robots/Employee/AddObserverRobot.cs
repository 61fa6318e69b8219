using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Employee;

/// <summary>Lets people watch the item.</summary>
internal sealed class AddObserverRobot() : Robot<AddObserverRobot.Settings>("add_observer", RobotKind.State, RobotGroups.Employee)
{
    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ObserverChange.Observers, FieldKind.User) with { Multiple = true }];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct) =>
        ObserverChange.RunAsync(context, before => before.Union(settings.People), ct);

    internal sealed record Settings
    {
        [Setting(FieldKind.User, Required = true, Multiple = true)]
        public IReadOnlyList<long> People { get; init; } = [];
    }
}
