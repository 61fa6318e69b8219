using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Domain.Crm;

/// <summary>The kind of an item: built in, or made by an administrator (smart process).</summary>
/// <param name="Code">Bitrix24's name, for example DEAL.</param>
/// <param name="ShortCode">Prefix of references, for example D in <c>D_15</c>.</param>
public sealed record ItemType(int Id, string Code, string ShortCode, FieldSet Fields, bool HasStages, bool HasAmount)
{
    /// <summary>Whether REST knows several pipelines (categories) of it; leads and quotes have one.</summary>
    public bool HasPipelines { get; init; }

    public static ItemType Lead { get; } = new(ItemTypeIds.Lead, "LEAD", "L", BuiltInFields.For(ItemTypeIds.Lead), HasStages: true, HasAmount: true);

    public static ItemType Deal { get; } = new(ItemTypeIds.Deal, "DEAL", "D", BuiltInFields.For(ItemTypeIds.Deal), HasStages: true, HasAmount: true) { HasPipelines = true };

    public static ItemType Contact { get; } = new(ItemTypeIds.Contact, "CONTACT", "C", BuiltInFields.For(ItemTypeIds.Contact), HasStages: false, HasAmount: false);

    public static ItemType Company { get; } = new(ItemTypeIds.Company, "COMPANY", "CO", BuiltInFields.For(ItemTypeIds.Company), HasStages: false, HasAmount: false);

    public static ItemType Quote { get; } = new(ItemTypeIds.Quote, "QUOTE", "Q", BuiltInFields.For(ItemTypeIds.Quote), HasStages: true, HasAmount: true);

    public static ItemType Invoice { get; } = new(ItemTypeIds.Invoice, "SMART_INVOICE", "SI", BuiltInFields.For(ItemTypeIds.Invoice), HasStages: true, HasAmount: true) { HasPipelines = true };

    public static IReadOnlyList<ItemType> BuiltIn { get; } = [Lead, Deal, Contact, Company, Quote, Invoice];
}
