using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.People;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Directory;

/// <summary>Writes all fields of a person. Somebody who loses his login loses his sessions too. Administrators only.</summary>
public sealed record UpdatePerson(long Id, PersonFields Fields) : IRequest<Unit>;

internal sealed class UpdatePersonValidator : AbstractValidator<UpdatePerson>
{
    public UpdatePersonValidator()
    {
        RuleFor(c => c.Id).GreaterThan(0);
        RuleFor(c => c.Fields).NotNull().SetValidator(new PersonFieldsValidator());
    }
}

internal sealed class UpdatePersonHandler(CrmDbContext db, IAccess access, Caller caller, CurrentSession session, TimeProvider clock) : IRequestHandler<UpdatePerson, Unit>
{
    public async Task<Unit> Handle(UpdatePerson request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change people");
        var fields = request.Fields;
        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Person", $"{request.Id}");
        if (person.IsDemo && (fields.Login is not null || fields.IsAdmin))
            throw new RuleBrokenException("person.demo", "A demo person has no login and is no administrator.", nameof(PersonFields.Login));
        if (fields.IsAdmin && !person.IsAdmin) session.RequireProof(clock.GetUtcNow());
        await PersonRules.RequireFreeLoginAsync(db, fields.Login, person.Id, cancellationToken);
        await PersonRules.RequireDepartmentAsync(db, fields.DepartmentId, cancellationToken);
        if (person is { IsAdmin: true, IsActive: true } && (!fields.IsAdmin || fields.Login is null)) await PersonRules.RequireOtherAdministratorAsync(db, person, cancellationToken);

        Write(fields, person);
        if (person.Login is null)
        {
            person.PasswordHash = null;
            await db.SignInSessions.Where(s => s.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    public static void Write(PersonFields fields, Person person)
    {
        person.Name = fields.Name.Trim();
        person.LastName = fields.LastName.Trim();
        person.Email = fields.Email;
        person.Phone = fields.Phone.Trim();
        person.Login = fields.Login;
        person.Position = fields.Position.Trim();
        person.DepartmentId = fields.DepartmentId;
        person.IsAdmin = fields.IsAdmin;
        (person.AbsentFrom, person.AbsentUntil) = (fields.AbsentFrom, fields.AbsentUntil);
    }
}
