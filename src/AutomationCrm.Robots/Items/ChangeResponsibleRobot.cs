using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Items.Choosing;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Gives the item to one of several people who works here (reference 1.6, CrmChangeResponsibleActivity).</summary>
internal sealed class ChangeResponsibleRobot() : Robot<ChangeResponsibleRobot.Settings>("change_responsible", RobotKind.State, RobotGroups.Items)
{
    public const string ResponsibleId = "ResponsibleId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ResponsibleId, FieldKind.User)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var people = settings.People.Count > 0 ? settings.People : [context.Item.ResponsibleId];
        var choice = settings.Mode switch
        {
            "round_robin" => PersonChoice.RoundRobin,
            "least_loaded" => PersonChoice.LeastLoaded,
            "random" => PersonChoice.Random,
            "head" => PersonChoice.HeadOf,
            _ => PersonChoice.First,
        };
        var chosen = await context.Send(
            new ChoosePerson(people, choice, context.Place) { SkipAbsent = settings.SkipAbsent, TypeId = context.Item.Ref.TypeId, Seed = (ulong)context.RobotRunId },
            ct);
        if (chosen is not { } person) return Nobody(choice);
        if (person == context.Item.ResponsibleId) return new Outcome.Skipped("responsible.same", $"{context.Portal.PersonName(person)} is responsible already.");

        var responsible = new UserValue(person);
        await context.Send(new UpdateItem(context.Item.Ref, new Dictionary<string, Value> { [FieldCodes.Responsible] = responsible }), ct);
        return RobotResult.Done((ResponsibleId, responsible));
    }

    private static Outcome.Failed Nobody(PersonChoice choice) => choice == PersonChoice.HeadOf
        ? new("supervisor.none", "There is no head who works here and is not away.", Retryable: false)
        : new("person.inactive", "None of the named people works here and is not away.", Retryable: false);

    internal sealed record Settings
    {
        /// <summary>With "head" the person whose head it is; nobody: the present responsible person.</summary>
        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> People { get; init; } = [];

        [Setting(FieldKind.Option, Options = ["first", "round_robin", "least_loaded", "random", "head"])]
        public string Mode { get; init; } = "first";

        [Setting(FieldKind.Boolean)]
        public bool SkipAbsent { get; init; } = true;
    }
}
