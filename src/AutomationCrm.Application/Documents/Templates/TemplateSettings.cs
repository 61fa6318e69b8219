using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>What people set on a template beside its file.</summary>
public sealed record TemplateSettings(string Name, IReadOnlyList<int> TypeIds)
{
    public static IReadOnlyList<string> Languages { get; } = ["en", "ru"];

    public string Language { get; init; } = "en";

    public string Prefix { get; init; } = "";

    public int Digits { get; init; } = 4;

    public bool Yearly { get; init; } = true;

    public bool IsActive { get; init; } = true;

    internal void ApplyTo(DocumentTemplate template) =>
        (template.Name, template.TypeIds, template.Language, template.Prefix, template.Digits, template.Yearly, template.IsActive) =
        (Name.Trim(), [.. TypeIds.Distinct().Order()], Language, Prefix.Trim(), Digits, Yearly, IsActive);
}

internal sealed class TemplateSettingsValidator : AbstractValidator<TemplateSettings>
{
    public TemplateSettingsValidator()
    {
        RuleFor(s => s.Name).NotEmpty().MaximumLength(DocumentTemplate.NameMaxLength).Storable();
        RuleFor(s => s.TypeIds).NotEmpty().Refuses("template.types", "Choose at least one item type.");
        RuleForEach(s => s.TypeIds).Must(id => ItemType.BuiltIn.Any(t => t.Id == id) || id > ItemTypeIds.Invoice).Refuses("template.type", "There is no such item type.");
        RuleFor(s => s.Language).Must(l => TemplateSettings.Languages.Contains(l)).Refuses("language.form", "The language is en or ru.");
        RuleFor(s => s.Prefix).MaximumLength(DocumentTemplate.PrefixMaxLength).Must(p => p is null || p.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ' '))
            .Refuses("template.prefix", "The prefix holds letters, digits, spaces and - _ . / only.");
        RuleFor(s => s.Digits).InclusiveBetween(1, 9);
    }
}
