using FluentValidation;

namespace AutomationCrm.Application.Common.Validation;

/// <summary>Reasons that the validation library does not know.</summary>
internal static class RefusedRules
{
    /// <summary>In English, and as a code with arguments, by which a page says the same in its reader's language (<c>refusal.…</c>, where {0} is the property's caption).</summary>
    public static IRuleBuilderOptions<T, TProperty> Refuses<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, string message, params object[] arguments) =>
        rule.WithErrorCode(code).WithMessage(message).WithState(_ => arguments);
}
