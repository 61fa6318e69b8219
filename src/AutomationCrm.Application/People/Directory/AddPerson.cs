using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.People;
using FluentValidation;

namespace AutomationCrm.Application.People.Directory;

/// <summary>Adds a person and answers its id. There is no password: a sign-in link lets people set their own. Administrators only.</summary>
public sealed record AddPerson(PersonFields Fields) : IRequest<long>
{
    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA id.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>A demo person has no login and is no administrator; "view as" shows the app through his eyes.</summary>
    public bool IsDemo { get; init; }
}

internal sealed class AddPersonValidator : AbstractValidator<AddPerson>
{
    public AddPersonValidator()
    {
        RuleFor(c => c.Fields).NotNull().SetValidator(new PersonFieldsValidator());
        RuleFor(c => c.Language).Must(Languages.IsKnown).Refuses("language.unknown", "The language is not known.");
        RuleFor(c => c.TimeZone).Must(TimeZones.IsKnown).Refuses("time_zone.not_known", "The time zone is not known.");
    }
}

internal sealed class AddPersonHandler(CrmDbContext db, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<AddPerson, long>
{
    public async Task<long> Handle(AddPerson request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "add people");
        var fields = request.Fields;
        if (request.IsDemo && (fields.Login is not null || fields.IsAdmin))
            throw new RuleBrokenException("person.demo", "A demo person has no login and is no administrator.", nameof(PersonFields.Login));

        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        await PersonRules.RequireFreeLoginAsync(db, fields.Login, personId: 0, cancellationToken);
        await PersonRules.RequireDepartmentAsync(db, fields.DepartmentId, cancellationToken);
        var person = new Person { IsDemo = request.IsDemo, Language = request.Language, TimeZone = request.TimeZone, CreatedAt = clock.GetUtcNow() };
        UpdatePersonHandler.Write(fields, person);
        db.People.Add(person);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return person.Id;
    }
}
