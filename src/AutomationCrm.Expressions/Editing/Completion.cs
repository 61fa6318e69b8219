using System.Collections.Immutable;

namespace AutomationCrm.Expressions.Editing;

public enum CompletionKind
{
    Field,
    Result,
    Variable,
    System,
    Modifier,
    Function,
}

/// <summary>A path that may be used at this place, with its name for people; given by the host.</summary>
public sealed record KnownPath(string Path, string Title, CompletionKind Kind);

/// <summary>One proposal; <see cref="Insert"/> replaces the part of the text that <see cref="Completions"/> names. For functions and modifiers <see cref="Title"/> is empty and <see cref="DetailKey"/> a resource key.</summary>
public sealed record CompletionItem(CompletionKind Kind, string Label, string Title, string Insert, string? DetailKey);

/// <summary>What can be written at a position: replace <see cref="Length"/> characters from <see cref="Start"/>.</summary>
public sealed record Completions(int Start, int Length, ImmutableArray<CompletionItem> Items)
{
    internal static Completions None(int position) => new(position, 0, []);
}
