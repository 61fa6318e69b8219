using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Web.Pages.Shared.Fields;

/// <summary>A field in a form: what it says, what was typed, and what was wrong with that.</summary>
/// <param name="Text">As the control holds it: dates ISO, numbers in the person's culture, items "#12 Title".</param>
public sealed record FieldInput(Field Field, string Title, string Text)
{
    public string Name => NameOf(Field);

    public string Id => "field-" + Field.Code;

    /// <summary>What the form was filled with, so that only changed fields are sent.</summary>
    public string Original { get; init; } = "";

    public string? Error { get; init; }

    /// <summary>Whether the item's stage requires it.</summary>
    public bool Needed { get; init; }

    /// <summary>What somebody else wrote in the meantime, as people read it.</summary>
    public string? Theirs { get; init; }

    public IReadOnlyList<ContactPointValue> Points { get; init; } = [];

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Of a field that holds several.</summary>
    public IReadOnlyCollection<string> Chosen => Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the control offers an empty choice.</summary>
    public bool MayBeEmpty => !Field.Required && Field.Kind is not FieldKind.Currency && Field.Code != FieldCodes.Responsible;

    public static string NameOf(Field field) => "f." + field.Code;

    public static string OriginalOf(Field field) => "o." + field.Code;
}

public sealed record Choice(string Value, string Text);
