using System.Collections.Concurrent;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>The fields of item types under the names of each dialect. Made once per field set, which never changes.</summary>
internal static class ItemFieldSets
{
    private static readonly ConcurrentDictionary<(FieldSet Fields, RestDialect Dialect), RestFieldSet> Sets = new();

    public static RestFieldSet Of(ItemType type, RestDialect dialect)
    {
        // Smart processes get a new field set with each change; the old ones must not stay for ever.
        if (Sets.Count > 1_000) Sets.Clear();
        return Sets.GetOrAdd((type.Fields, dialect), _ => new RestFieldSet(type.Fields.All.Where(f => IsShown(type, f)).Select(f => Wrap(type, f)), dialect));
    }

    // Leads and quotes have one pipeline and no category in REST.
    private static bool IsShown(ItemType type, Field field) => ItemRestField.Has(field.Kind) && (field.Kind != FieldKind.Pipeline || type.HasPipelines);

    private static ItemRestField Wrap(ItemType type, Field field) => new(field, StatusType(type, field));

    // The directory a code is looked up in; stages of further pipelines have directories of their own.
    private static string? StatusType(ItemType type, Field field) => field switch
    {
        { Kind: FieldKind.Stage } => type.Id switch
        {
            ItemTypeIds.Lead => "STATUS",
            ItemTypeIds.Deal => "DEAL_STAGE",
            ItemTypeIds.Quote => "QUOTE_STATUS",
            ItemTypeIds.Invoice => "SMART_INVOICE_STAGE",
            _ => $"DYNAMIC_{type.Id}_STAGE",
        },
        { Kind: FieldKind.Option, Code: "SOURCE_ID" } => "SOURCE",
        { Kind: FieldKind.Option, Code: "COMPANY_TYPE" } => "COMPANY_TYPE",
        { Kind: FieldKind.Option, Code: "TYPE_ID" } => type.Id == ItemTypeIds.Contact ? "CONTACT_TYPE" : "DEAL_TYPE",
        _ => null,
    };
}
