using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions;

namespace AutomationCrm.Application.Documents.Templates;

public enum PlaceholderState
{
    Known,

    /// <summary>Given by the robot that makes the document.</summary>
    Given,

    /// <summary>Nothing will ever stand there: the document could not be made.</summary>
    Unknown,

    /// <summary>The text of the placeholder itself is wrong.</summary>
    Broken,
}

/// <param name="Why">A sentence when the state is unknown or broken.</param>
public sealed record TemplatePlaceholder(string Text, PlaceholderState State, string? Why)
{
    public bool IsWrong => State is PlaceholderState.Unknown or PlaceholderState.Broken;
}

/// <summary>Judges the placeholders of a template for the item types it serves.</summary>
internal static class TemplateCheck
{
    public static IReadOnlyList<TemplatePlaceholder> Check(IEnumerable<string> placeholders, IEnumerable<int> typeIds, PortalSnapshot portal)
    {
        var types = typeIds.Select(portal.Type).OfType<ItemType>().ToList();
        return [.. placeholders.Distinct(StringComparer.Ordinal).Select(p => Judge(p, types, portal))];
    }

    private static TemplatePlaceholder Judge(string text, List<ItemType> types, PortalSnapshot portal)
    {
        if (PicturePlaceholder.Parse(text) is { } picture)
        {
            if (picture.IsTooLarge) return new(text, PlaceholderState.Broken, $"A picture is {PicturePlaceholder.Narrowest} to {PicturePlaceholder.Widest} mm wide.");
            return picture.FileName is not null ? new(text, PlaceholderState.Known, null) : Judge(picture.Inner, types, portal) with { Text = text };
        }

        var template = Template.Parse(text);
        if (template.Problems is [var problem, ..]) return new(text, PlaceholderState.Broken, problem.Message);
        foreach (var path in template.References)
            if (types.FirstOrDefault(t => !PaperPaths.Knows(path, t, portal.Type)) is { } type)
                return new(text, PlaceholderState.Unknown, $"{path} is not known for {type.Code}.");
        return new(text, template.References.Any(p => PaperPaths.IsRoot(PaperPaths.Split(p).Root, PaperPaths.Given)) ? PlaceholderState.Given : PlaceholderState.Known, null);
    }
}
