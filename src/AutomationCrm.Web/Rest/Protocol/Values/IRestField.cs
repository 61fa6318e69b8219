namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>How a field's values look on the wire.</summary>
internal enum RestFieldKind
{
    Text,
    /// <summary>A whole number, ids included: "5" in classic methods, 5 in item methods.</summary>
    Whole,
    Number,
    /// <summary>An amount whose currency is a field of its own: "100.00" or 100.</summary>
    Amount,
    /// <summary>An amount with its currency in one value: "100|EUR".</summary>
    Money,
    /// <summary>Y or N; custom ones are 1 or 0 in classic methods.</summary>
    Flag,
    Date,
    Instant,
    /// <summary>A code of a directory, such as a stage or a currency.</summary>
    Code,
    /// <summary>An id of the field's own list of options.</summary>
    Option,
    User,
    /// <summary>The id of one item of a fixed type, such as a company.</summary>
    Item,
    /// <summary>Items of several types: D_1, CO_3.</summary>
    Binding,
    /// <summary>Phones, e-mails, sites, messengers: read and written by <see cref="MultiFields"/>.</summary>
    Multi,
}

internal sealed record RestOption(string Id, string Name);

/// <summary>What the protocol needs to know of a field; the item types map their fields to it.</summary>
internal interface IRestField
{
    /// <summary>The code inside the product.</summary>
    string Code { get; }

    /// <summary>UPPER_SNAKE name, for example STAGE_ID or UF_CRM_3_SIZE.</summary>
    string ClassicName { get; }

    /// <summary>camelCase name, for example stageId.</summary>
    string ItemName { get; }

    RestFieldKind Kind { get; }

    /// <summary>The type word of *.fields, for example crm_status or double.</summary>
    string TypeName { get; }

    string Title { get; }

    bool Multiple { get; }

    bool Required { get; }

    /// <summary>Never written by clients.</summary>
    bool ReadOnly { get; }

    /// <summary>Written when the item is made and never again.</summary>
    bool Immutable { get; }

    /// <summary>Made by an administrator; its name begins with UF_CRM_.</summary>
    bool Custom { get; }

    bool Filterable { get; }

    bool Sortable { get; }

    /// <summary>The directory of a <see cref="RestFieldKind.Code"/>, for example DEAL_STAGE.</summary>
    string? StatusType { get; }

    IReadOnlyList<RestOption> Options { get; }

    /// <summary>The item type of a <see cref="RestFieldKind.Item"/>, for example 4 for companies.</summary>
    int? ItemType { get; }
}
