using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Items;

/// <summary>Adds, removes or replaces the people who watch the item (reference 1.6, CrmSetObserverField).</summary>
internal sealed class ChangeObserversRobot() : Robot<ChangeObserversRobot.Settings>("change_observers", RobotKind.State, RobotGroups.Items)
{
    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ObserverChange.Observers, FieldKind.User) with { Multiple = true }];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct) =>
        ObserverChange.RunAsync(
            context,
            before => settings.Action switch { "remove" => before.Except(settings.People), "replace" => settings.People, _ => before.Union(settings.People) },
            ct);

    internal sealed record Settings
    {
        [Setting(FieldKind.Option, Required = true, Options = ["add", "replace", "remove"])]
        public string Action { get; init; } = "add";

        /// <summary>Nobody: replacing takes everybody away.</summary>
        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> People { get; init; } = [];
    }
}
