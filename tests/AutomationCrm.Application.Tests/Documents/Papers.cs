using System.Globalization;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Tests.Documents;

/// <summary>A deal with a client, a seller and products, without a database.</summary>
internal static class Papers
{
    public static readonly DateTimeOffset Now = new(2026, 3, 5, 9, 30, 0, TimeSpan.Zero);

    public static PaperFiller Filler(IReadOnlyDictionary<string, Value>? given = null, string language = "en", params ProductRow[] products)
    {
        var data = new PaperData(Deal(), new Dictionary<ItemRef, Item> { [new(ItemTypeIds.Company, 7)] = Company() }, Portal(), products, given ?? new Dictionary<string, Value>())
        {
            Number = "P-2026-0001",
            Title = "Proposal",
            Date = new(2026, 3, 5),
        };
        return PaperFiller.Of(data, Now, CultureInfo.GetCultureInfo(language), TimeZoneInfo.Utc);
    }

    public static PaperFiller WithProducts(params ProductRow[] products) => Filler(null, "en", products);

    public static PortalSnapshot Portal() => new(
        0,
        ItemType.BuiltIn,
        [],
        new Dictionary<long, Person> { [3] = new() { Id = 3, Name = "Olga", LastName = "Berg", Email = "olga@example.com", Position = "Sales manager" } },
        new Dictionary<long, Department>(),
        new Dictionary<string, decimal> { ["EUR"] = 1, ["USD"] = 0.9m },
        "EUR",
        new Dictionary<string, ConfigVersion>());

    private static Item Deal() => Item.Stored(ItemType.Deal, 15, 1, new()
    {
        [FieldCodes.Title] = Value.Of("Chairs & <Tables>"),
        [FieldCodes.Amount] = Value.Of(12_345.5m),
        [FieldCodes.Currency] = Value.Of("EUR"),
        [FieldCodes.Responsible] = new UserValue(3),
        [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, 7),
        [FieldCodes.CloseDate] = Value.Of(new DateOnly(2026, 4, 1)),
        [FieldCodes.Comments] = Value.Of("first line\nsecond line with {=Document:ID}"),
    });

    private static Item Company() => Item.Stored(ItemType.Company, 7, 1, new()
    {
        [FieldCodes.Title] = Value.Of("Wire & Sons"),
        [FieldCodes.Phone] = Value.Of([new ContactPointValue(1, "WORK", "+49 30 1234567")]),
    });
}
