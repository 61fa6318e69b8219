using System.Collections.Frozen;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>A field of an item as the protocol sees it.</summary>
internal sealed class ItemRestField(Field source, string? statusType) : IRestField
{
    private static readonly FrozenDictionary<FieldKind, (RestFieldKind Kind, string TypeName)> Kinds = new Dictionary<FieldKind, (RestFieldKind, string)>
    {
        [FieldKind.Text] = (RestFieldKind.Text, "string"),
        [FieldKind.LongText] = (RestFieldKind.Text, "string"),
        [FieldKind.Url] = (RestFieldKind.Text, "url"),
        [FieldKind.Integer] = (RestFieldKind.Whole, "integer"),
        [FieldKind.Number] = (RestFieldKind.Number, "double"),
        [FieldKind.Boolean] = (RestFieldKind.Flag, "char"),
        [FieldKind.Date] = (RestFieldKind.Date, "date"),
        [FieldKind.Instant] = (RestFieldKind.Instant, "datetime"),
        [FieldKind.Money] = (RestFieldKind.Money, "money"),
        [FieldKind.User] = (RestFieldKind.User, "user"),
        [FieldKind.Item] = (RestFieldKind.Item, "crm_entity"),
        [FieldKind.Stage] = (RestFieldKind.Code, "crm_status"),
        [FieldKind.Pipeline] = (RestFieldKind.Whole, "crm_category"),
        [FieldKind.Currency] = (RestFieldKind.Code, "crm_currency"),
        [FieldKind.Option] = (RestFieldKind.Code, "crm_status"),
        [FieldKind.ContactPoints] = (RestFieldKind.Multi, "crm_multifield"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, string> ItemTypeNames = new Dictionary<int, string>
    {
        [1] = "crm_lead",
        [2] = "crm_deal",
        [3] = "crm_contact",
        [4] = "crm_company",
        [7] = "crm_quote",
    }.ToFrozenDictionary();

    public Field Source => source;

    public string Code => source.Code;

    public string ClassicName => source.ClassicName;

    public string ItemName => source.ItemName;

    /// <summary>Amounts of money in columns keep two decimals as text; other numbers are as they are.</summary>
    public RestFieldKind Kind => source switch
    {
        { Code: FieldCodes.Amount or FieldCodes.AmountBase } => RestFieldKind.Amount,
        { Kind: FieldKind.Option, IsCustom: true } => RestFieldKind.Option,
        _ => Kinds[source.Kind].Kind,
    };

    public string TypeName => source switch
    {
        { Kind: FieldKind.Boolean, IsCustom: true } => "boolean",
        { Kind: FieldKind.Option, IsCustom: true } => "enumeration",
        { Kind: FieldKind.Item, TargetType: { } type } when ItemTypeNames.TryGetValue(type, out var name) => name,
        _ => Kinds[source.Kind].TypeName,
    };

    public string Title => source.Title ?? source.ClassicName;

    public bool Multiple => source.Multiple;

    public bool Required => source.Required;

    public bool ReadOnly => source.ReadOnly;

    public bool Immutable => source.Immutable;

    public bool Custom => source.IsCustom;

    public bool Filterable => true;

    public bool Sortable => !source.Multiple;

    public string? StatusType => statusType;

    public IReadOnlyList<RestOption> Options { get; } = [.. source.Options.Select(o => new RestOption(o, o))];

    public int? ItemType => source.TargetType;

    /// <summary>Whether fields of this kind belong to items; settings have kinds of their own.</summary>
    public static bool Has(FieldKind kind) => Kinds.ContainsKey(kind);
}
