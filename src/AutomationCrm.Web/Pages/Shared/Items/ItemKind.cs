using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Web.Pages.Shared.Items;

/// <summary>An item type as addresses and texts call it: <c>/deals/15</c>.</summary>
/// <param name="Text">Key of the plural; <c>{Text}_one</c> is the singular.</param>
internal sealed record ItemKind(string Path, int TypeId, string Text, bool HasBoard)
{
    public const string BoardPattern = "deals|leads|proposals|invoices";
    public const string Pattern = BoardPattern + "|companies|contacts";

    public static IReadOnlyList<ItemKind> All { get; } =
    [
        new("deals", ItemTypeIds.Deal, "nav.deals", true),
        new("leads", ItemTypeIds.Lead, "nav.leads", true),
        new("proposals", ItemTypeIds.Quote, "nav.proposals", true),
        new("invoices", ItemTypeIds.Invoice, "nav.invoices", true),
        new("companies", ItemTypeIds.Company, "nav.companies", false),
        new("contacts", ItemTypeIds.Contact, "nav.contacts", false),
    ];

    public static ItemKind Of(string path) => All.First(k => string.Equals(k.Path, path, StringComparison.OrdinalIgnoreCase));

    public static ItemKind Of(int typeId) => All.First(k => k.TypeId == typeId);

    public static string UrlOf(ItemRef item) => $"/{Of(item.TypeId).Path}/{item.Id}";
}
