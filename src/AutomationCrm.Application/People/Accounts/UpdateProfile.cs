using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Application.People.Sessions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Accounts;

/// <summary>
/// Changes one's own name and reading habits; null leaves one as it is. Language, time zone and theme are those of the person who signed in,
/// also while he looks as somebody else; name and address can be changed by oneself only.
/// </summary>
public sealed record UpdateProfile : IRequest<Unit>
{
    public string? Name { get; init; }

    public string? LastName { get; init; }

    public string? Email { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public string? Theme { get; init; }
}

internal sealed class UpdateProfileValidator : AbstractValidator<UpdateProfile>
{
    public UpdateProfileValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(100).When(c => c.Name is not null);
        RuleFor(c => c.LastName).MaximumLength(100);
        RuleFor(c => c.Email).MaximumLength(200).Must(PersonFieldsValidator.BeAnAddress).Refuses("email.form", "This is not an e-mail address.");
        RuleFor(c => c.Language).Must(Languages.IsKnown).When(c => c.Language is not null).Refuses("language.unknown", "The language is not known.");
        RuleFor(c => c.TimeZone).Must(TimeZones.IsKnown).When(c => c.TimeZone is not null).Refuses("time_zone.not_known", "The time zone is not known.");
        RuleFor(c => c.Theme).Must(Themes.IsKnown).When(c => c.Theme is not null).Refuses("theme.unknown", "The theme is light, dark or system.");
    }
}

internal sealed class UpdateProfileHandler(CrmDbContext db, CurrentSession session) : IRequestHandler<UpdateProfile, Unit>
{
    public async Task<Unit> Handle(UpdateProfile request, CancellationToken cancellationToken)
    {
        var named = request.Name is not null || request.LastName is not null || request.Email is not null;
        var personId = named ? session.RequireSelf("change the profile") : session.Require("change the profile");

        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        var person = await db.People.SingleAsync(p => p.Id == personId, cancellationToken);
        person.Name = request.Name?.Trim() ?? person.Name;
        person.LastName = request.LastName?.Trim() ?? person.LastName;
        person.Email = request.Email ?? person.Email;
        person.Language = request.Language ?? person.Language;
        person.TimeZone = request.TimeZone ?? person.TimeZone;
        person.Theme = request.Theme ?? person.Theme;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
