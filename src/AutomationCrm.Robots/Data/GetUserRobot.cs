using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Reads what is known of a person for later robots (reference 1.6, GetUserInfoActivity).</summary>
internal sealed class GetUserRobot() : Robot<GetUserRobot.Settings>("get_user", RobotKind.State, RobotGroups.Data)
{
    protected override IReadOnlyList<Field> Results =>
    [
        RobotResult.Of("UserId", FieldKind.User), RobotResult.Of("FullName", FieldKind.Text), RobotResult.Of("Name", FieldKind.Text), RobotResult.Of("LastName", FieldKind.Text),
        RobotResult.Of("Email", FieldKind.Text), RobotResult.Of("Position", FieldKind.Text), RobotResult.Of("Department", FieldKind.Text), RobotResult.Of("HeadId", FieldKind.User),
        RobotResult.Of("Language", FieldKind.Text), RobotResult.Of("TimeZone", FieldKind.Text), RobotResult.Of("IsActive", FieldKind.Boolean), RobotResult.Of("IsAbsent", FieldKind.Boolean),
    ];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var id = settings.Person is [var named, ..] ? named : context.Item.ResponsibleId;
        if (!context.Portal.People.TryGetValue(id, out var person)) return Task.FromResult<Outcome>(new Outcome.Skipped("person.unknown", $"There is no person {id}."));

        var today = DateOnly.FromDateTime(Zones.ToLocal(context.Now, context.Portal.Calendar.Zone));
        var department = person.DepartmentId is { } number ? context.Portal.Departments.GetValueOrDefault(number) : null;
        return Task.FromResult(RobotResult.Done(
            ("UserId", new UserValue(person.Id)), ("FullName", Value.Of(person.FullName)), ("Name", Value.Of(person.Name)), ("LastName", Value.Of(person.LastName)),
            ("Email", Value.Of(person.Email)), ("Position", Value.Of(person.Position)), ("Department", Value.Of(department?.Name ?? "")),
            ("HeadId", context.Portal.SupervisorOf(person.Id) is { } head ? new UserValue(head.Id) : Value.Null),
            ("Language", Value.Of(person.Language)), ("TimeZone", Value.Of(person.TimeZone)), ("IsActive", Value.Of(person.IsActive)), ("IsAbsent", Value.Of(person.IsAbsentOn(today)))));
    }

    internal sealed record Settings
    {
        /// <summary>Nobody: the item's responsible person.</summary>
        [Setting(FieldKind.User)]
        public IReadOnlyList<long> Person { get; init; } = [];
    }
}
