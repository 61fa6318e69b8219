using AutomationCrm.Application.Common.Validation;
using FluentValidation;

namespace AutomationCrm.Application.People.Directory;

/// <summary>What administrators write down about a person.</summary>
/// <param name="Login">Null for people who cannot sign in.</param>
public sealed record PersonFields(string Name, string LastName, string Email, string? Login, string Position, long? DepartmentId, bool IsAdmin)
{
    /// <summary>For text messages.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The first day on which the person is away; see <see cref="Domain.People.Person.AbsentFrom"/>.</summary>
    public DateOnly? AbsentFrom { get; init; }

    public DateOnly? AbsentUntil { get; init; }
}

internal sealed class PersonFieldsValidator : AbstractValidator<PersonFields>
{
    public PersonFieldsValidator()
    {
        RuleFor(p => p.Name).NotEmpty().MaximumLength(100);
        RuleFor(p => p.LastName).NotNull().MaximumLength(100);
        RuleFor(p => p.Email).NotNull().MaximumLength(200).Must(BeAnAddress).Refuses("email.form", "This is not an e-mail address.");
        RuleFor(p => p.Login).MaximumLength(100).Matches(@"\A[^\s\p{C}]{2,}\z").When(p => p.Login is not null).Refuses("login.form", "A login has two or more characters and no spaces.");
        RuleFor(p => p.Phone).NotNull().MaximumLength(50).Must(p => string.IsNullOrWhiteSpace(p) || Messages.Sms.PhoneNumber.Normalize(p) is not null).Refuses("phone.form", "This is not a phone number.");
        RuleFor(p => p.AbsentUntil).Must((p, until) => until is not { } last || p.AbsentFrom is not { } first || last >= first).Refuses("absence.order", "The last day of an absence does not come before its first.");
        RuleFor(p => p.Position).NotNull().MaximumLength(200);
    }

    /// <summary>Empty, or something before and behind one at sign; line breaks would become headers of mails (A13).</summary>
    internal static bool BeAnAddress(string? text) =>
        string.IsNullOrEmpty(text)
        || (text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 && at == text.LastIndexOf('@') && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>'));
}
