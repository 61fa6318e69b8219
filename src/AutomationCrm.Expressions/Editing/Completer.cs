using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Syntax;

namespace AutomationCrm.Expressions.Editing;

/// <summary>Proposals for the editor of a template: fields and results by code or name, modifiers, functions.</summary>
public static class Completer
{
    private const int Most = 50;

    public static Completions At(string text, int position, IEnumerable<KnownPath> known)
    {
        position = Math.Clamp(position, 0, text.Length);
        var caret = CaretContext.Find(text, position);
        var typed = text[caret.Start..position];
        return caret.Place switch
        {
            CaretPlace.Path => Of(caret.Start, PlaceholderEnd(text, position), Paths(known, typed[2..].Trim())),
            CaretPlace.Modifier => Of(caret.Start, position, ModifiersFor(typed)),
            CaretPlace.Formula => Of(caret.Start, position, FunctionsFor(typed).Concat(Paths(known, typed))),
            CaretPlace.Text when typed.Length > 0 => Of(caret.Start, position, Paths(known, "")),
            _ => Completions.None(position),
        };
    }

    private static Completions Of(int start, int end, IEnumerable<CompletionItem> items) =>
        new(start, end - start, [.. items.Take(Most)]);

    // The closing brace an editor has already put behind the caret is replaced too.
    private static int PlaceholderEnd(string text, int position)
    {
        var end = position;
        while (end < text.Length && (PlaceholderParser.IsFieldCharacter(text[end]) || text[end] == ':')) end++;
        return end < text.Length && text[end] == '}' ? end + 1 : position;
    }

    private static IEnumerable<CompletionItem> Paths(IEnumerable<KnownPath> known, string typed) =>
        known
            .Concat(SystemValues.Paths.Select(path => new KnownPath(path, "", CompletionKind.System)))
            .Select(path => (Path: path, Rank: Rank(path, typed)))
            .Where(found => found.Rank >= 0)
            .OrderBy(found => found.Rank)
            .Select(found => new CompletionItem(found.Path.Kind, found.Path.Path, found.Path.Title, $"{{={found.Path.Path}}}", found.Path.Kind == CompletionKind.System ? $"system.{FieldOf(found.Path.Path).ToLowerInvariant()}" : null));

    private static int Rank(KnownPath path, string typed)
    {
        if (path.Path.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) return 0;
        if (FieldOf(path.Path).StartsWith(typed, StringComparison.OrdinalIgnoreCase)) return 1;
        if (path.Title.Contains(typed, StringComparison.OrdinalIgnoreCase)) return 2;
        return path.Path.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 3 : -1;
    }

    private static string FieldOf(string path) => path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<CompletionItem> ModifiersFor(string typed) =>
        Modifiers.Names
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(name => new CompletionItem(CompletionKind.Modifier, name, "", name, $"modifier.{name}"));

    private static IEnumerable<CompletionItem> FunctionsFor(string typed) =>
        FunctionCatalogue.All
            .Where(function => function.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(function => new CompletionItem(CompletionKind.Function, function.Signature, "", function.Signature.EndsWith(')') ? $"{function.Name}(" : function.Name, function.DescriptionKey));
}
