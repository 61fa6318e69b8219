using System.Globalization;
using System.Text.RegularExpressions;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Localization;

/// <summary>
/// What use cases refuse, in the reader's language. They speak English; another language has a text by the refusal's code that names the
/// same arguments, and where it has none the English one is better than silence.
/// </summary>
public sealed partial class Refusals(IStringLocalizer<Texts> texts, FieldTitles titles, IPortal portal)
{
    private static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public string Say(RuleBrokenException refused)
    {
        if (refused.Code == StageGate.Code) return texts["gate.refused", refused.Arguments[0] ?? "", string.Join(", ", refused.Fields.Select(f => Named(f, f)))];

        var code = refused.Code.Replace('.', '_');
        return Translate(texts[$"refusal.{code}"], [.. refused.Arguments.Select(a => Named(a, refused.Field))], refused.Message);
    }

    public string Say(AccessDeniedException denied) => IsEnglish ? denied.Message : texts["refusal.denied"];

    public string Say(ConflictException conflict)
    {
        if (IsEnglish) return conflict.Message;

        var who = conflict.ByPerson == Application.Common.Calls.Caller.SystemId ? texts["value.automation"].Value : portal.Current.PersonName(conflict.ByPerson);
        return texts["refusal.conflict", who, string.Join(", ", conflict.Fields.Select(code => Named(code, code)))];
    }

    /// <summary>The library speaks the reader's language itself, but for messages of our own.</summary>
    public string Say(ValidationException invalid) => string.Join(" ", invalid.Errors.Select(Say).Distinct(StringComparer.Ordinal));

    /// <summary>With the property's caption, as it stands on pages.</summary>
    public string Say(ValidationFailure failure)
    {
        if (!PropertyNames.IsOfRule(failure)) return Say(failure.ErrorCode, failure.ErrorMessage);

        var caption = texts["property.quoted", PropertyNames.Caption(texts, failure.PropertyName)].Value;
        var code = failure.ErrorCode.Replace('.', '_');
        return Translate(texts[$"refusal.{code}"], [caption, .. failure.CustomState as object[] ?? []], PropertyNames.Reword(failure, caption));
    }

    /// <param name="arguments">What the message names, in its order.</param>
    public string Say(string? code, string message, params IReadOnlyList<string> arguments)
    {
        var name = (code ?? "").Replace('.', '_');
        return Translate(texts[$"refusal.{name}"], [.. arguments], message);
    }

    public string Say(UndoNote note)
    {
        var code = note.Code.Replace('.', '_');
        var who = string.IsNullOrEmpty(note.Person) ? texts["value.automation"].Value : note.Person;
        return Translate(texts[$"undo.note_{code}"], [Named(note.Subject, note.Subject), who], note.Text);
    }

    private static string Translate(LocalizedString text, object?[] arguments, string english) =>
        IsEnglish || text.ResourceNotFound || Hole().Matches(text.Value).Any(hole => int.Parse(hole.ValueSpan[1..^1], CultureInfo.InvariantCulture) >= arguments.Length)
            ? english
            : string.Format(CultureInfo.CurrentCulture, text.Value, arguments);

    // The code of a field becomes the title that the reader knows.
    private object? Named(object? argument, string? field) =>
        argument is string code && code == field && portal.Current.Types.Select(t => t.Fields.Find(code)).FirstOrDefault(f => f is not null) is { } known ? titles.Of(known) : argument;

    [GeneratedRegex(@"\{\d+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hole();
}
