using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Templates;

namespace AutomationCrm.Web.Pages.Templates;

/// <summary>The settings of a template as the form has them.</summary>
public sealed class TemplateForm
{
    public string? Name { get; set; }

    public List<int> TypeIds { get; set; } = [];

    public string? Language { get; set; }

    public string? Prefix { get; set; }

    public int Digits { get; set; } = 4;

    public bool Yearly { get; set; }

    public bool IsActive { get; set; }

    public static TemplateForm New(string language) => new() { TypeIds = [Domain.Crm.ItemTypeIds.Deal], Language = language, Yearly = true, IsActive = true };

    public static TemplateForm Of(DocumentTemplate template) => new()
    {
        Name = template.Name,
        TypeIds = [.. template.TypeIds],
        Language = template.Language,
        Prefix = template.Prefix,
        Digits = template.Digits,
        Yearly = template.Yearly,
        IsActive = template.IsActive,
    };

    public TemplateSettings Read() => new(Name ?? "", TypeIds) { Language = Language ?? "en", Prefix = Prefix ?? "", Digits = Digits, Yearly = Yearly, IsActive = IsActive };
}
