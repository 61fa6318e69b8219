namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>A field description that is written down rather than mapped, for rows that are not items and for tests.</summary>
internal sealed record RestField(string Code, string ClassicName, RestFieldKind Kind, string TypeName) : IRestField
{
    public string ItemName { get; init; } = ItemNames.Of(ClassicName);

    public string Title { get; init; } = ClassicName;

    public bool Multiple { get; init; }

    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    public bool Immutable { get; init; }

    public bool Custom { get; init; }

    public bool Filterable { get; init; } = true;

    public bool Sortable { get; init; } = true;

    public string? StatusType { get; init; }

    public IReadOnlyList<RestOption> Options { get; init; } = [];

    public int? ItemType { get; init; }
}
