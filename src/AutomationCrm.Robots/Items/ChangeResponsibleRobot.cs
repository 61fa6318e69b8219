using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Gives the item to the first of the named people who still works here.</summary>
internal sealed class ChangeResponsibleRobot() : Robot<ChangeResponsibleRobot.Settings>("change_responsible", RobotKind.State, RobotGroups.Items)
{
    public const string ResponsibleId = "ResponsibleId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ResponsibleId, FieldKind.User)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        if (settings.People.Select(id => context.Portal.People.GetValueOrDefault(id)).FirstOrDefault(p => p is { IsActive: true }) is not { } person)
            return new Outcome.Failed("person.inactive", "None of the named people works here any more.", Retryable: false);
        if (person.Id == context.Item.ResponsibleId)
            return new Outcome.Skipped("responsible.same", $"{person.FullName} is responsible already.");

        var responsible = new UserValue(person.Id);
        await context.Send(new UpdateItem(context.Item.Ref, new Dictionary<string, Value> { [FieldCodes.Responsible] = responsible }), ct);
        return RobotResult.Done((ResponsibleId, responsible));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.User, Required = true, Multiple = true)]
        public IReadOnlyList<long> People { get; init; } = [];
    }
}
