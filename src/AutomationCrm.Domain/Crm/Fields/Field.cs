namespace AutomationCrm.Domain.Crm.Fields;

/// <summary>Where a field's value lies: a column of the item table or a key of its jsonb.</summary>
public enum FieldStorage
{
    Json,
    Column,
}

/// <summary>
/// One description of a field for items, forms, filters, import and REST (contract C4).
/// </summary>
/// <param name="Code">The one name inside the product, Bitrix24's classic upper-snake name where there is one.</param>
/// <param name="ClassicName">Name under <c>crm.deal.*</c> and its sisters; a lead calls its stage <c>STATUS_ID</c>.</param>
/// <param name="ItemName">Name under <c>crm.item.*</c>.</param>
public sealed record Field(string Code, string ClassicName, string ItemName, FieldKind Kind)
{
    public bool Multiple { get; init; }

    public bool Required { get; init; }

    /// <summary>Nobody sets it directly: the system keeps it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Set when the item is added, never changed afterwards through the classic methods.</summary>
    public bool Immutable { get; init; }

    public FieldStorage Storage { get; init; } = FieldStorage.Json;

    /// <summary>The column when <see cref="Storage"/> is a column.</summary>
    public string? Column { get; init; }

    /// <summary>For item references: the item type referred to.</summary>
    public int? TargetType { get; init; }

    /// <summary>For options: the codes that may be chosen, in order.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public int MaxLength { get; init; } = 255;

    /// <summary>Settings only: it means something while another setting has one of these values, as <c>what=filled|changed</c>; null: always.</summary>
    public string? When { get; init; }

    /// <summary>Shown on the card's form without asking.</summary>
    public bool OnForm { get; init; }

    public bool IsCustom { get; init; }

    /// <summary>The title of a custom field as its maker wrote it; built-in titles come from resources by code.</summary>
    public string? Title { get; init; }
}
