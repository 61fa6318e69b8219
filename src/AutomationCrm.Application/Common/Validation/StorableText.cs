using FluentValidation;

namespace AutomationCrm.Application.Common.Validation;

internal static class StorableText
{
    /// <summary>PostgreSQL's text has no NUL; refusing it here names the field.</summary>
    public static IRuleBuilderOptions<T, string?> Storable<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.Contains('\0', StringComparison.Ordinal)).Refuses("text.nul", "'{PropertyName}' must not contain NUL characters.");
}
