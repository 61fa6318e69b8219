using AutomationCrm.Application.Import;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Import;

/// <summary>The importer's codes in the person's language.</summary>
internal static class ImportTexts
{
    public static string Preset(this IStringLocalizer<Texts> texts, string name) => texts[$"import.preset_{name}"];

    public static string Part(this IStringLocalizer<Texts> texts, string name) => texts[$"import.part_{name}"];

    public static string State(this IStringLocalizer<Texts> texts, ImportState state)
    {
        var name = state.ToString().ToLowerInvariant();
        return texts[$"import.state_{name}"];
    }

    public static string Kind(this IStringLocalizer<Texts> texts, string code)
    {
        var name = code.Replace('.', '_');
        return texts[$"import.kind_{name}"];
    }

    /// <summary>What was done with a dirty value.</summary>
    public static string Note(this IStringLocalizer<Texts> texts, ImportProblem problem) => texts[$"import.note_{problem.Note}", [.. problem.Arguments]];
}
