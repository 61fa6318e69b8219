using static AutomationCrm.Domain.Crm.Fields.FieldKind;

namespace AutomationCrm.Domain.Crm.Fields;

/// <summary>The standard fields of the built-in item types, named as Bitrix24's REST names them (reference bitrix-rest 2.2, 2.6).</summary>
public static class BuiltInFields
{
    public static FieldSet For(int typeId) => typeId switch
    {
        ItemTypeIds.Deal => Deal,
        ItemTypeIds.Lead => Lead,
        ItemTypeIds.Contact => Contact,
        ItemTypeIds.Company => Company,
        ItemTypeIds.Quote => Quote,
        ItemTypeIds.Invoice => Invoice,
        _ => throw new ArgumentOutOfRangeException(nameof(typeId), typeId, "Not a built-in item type."),
    };

    private static FieldSet Deal { get; } = new(
    [
        .. Head(), .. Staged("STAGE_ID", "STAGE_SEMANTIC_ID"), .. Money(), .. Client(), .. Dates(), .. Source(),
        Json("TYPE_ID", "typeId", Option) with { Options = ["SALE", "COMPLEX", "GOODS", "SERVICES", "SERVICE"] },
        Json("PROBABILITY", "probability", Integer),
        Json("ADDITIONAL_INFO", "additionalInfo", LongText),
        Reference("LEAD_ID", "leadId", ItemTypeIds.Lead), Reference("QUOTE_ID", "quoteId", ItemTypeIds.Quote),
        Json(FieldCodes.Product, "ufCrmProduct", Text) with { OnForm = true },
        .. Origin(), .. System(),
    ]);

    private static FieldSet Lead { get; } = new(
    [
        .. Head(), .. Staged("STATUS_ID", "STATUS_SEMANTIC_ID"), .. Money(), .. Client(), .. Person(), .. ContactPoints(), .. Source(),
        Json("COMPANY_TITLE", "companyTitle", Text) with { OnForm = true },
        Json("STATUS_DESCRIPTION", "statusDescription", LongText),
        .. Origin(), .. System(),
    ]);

    private static FieldSet Quote { get; } = new(
    [
        .. Head(), .. Staged("STATUS_ID", "STATUS_SEMANTIC_ID"), .. Money(), .. Client(), .. Dates(),
        Json("QUOTE_NUMBER", "quoteNumber", Text) with { OnForm = true },
        Json("CONTENT", "content", LongText) with { OnForm = true }, Json("TERMS", "terms", LongText),
        Reference("LEAD_ID", "leadId", ItemTypeIds.Lead), Reference("DEAL_ID", "dealId", ItemTypeIds.Deal) with { OnForm = true },
        .. System(),
    ]);

    private static FieldSet Invoice { get; } = new(
    [
        .. Head(), .. Staged("STAGE_ID", "STAGE_SEMANTIC_ID"), .. Money(), .. Client(), .. Dates(), .. Source(),
        Json("ACCOUNT_NUMBER", "accountNumber", Text) with { OnForm = true },
        Reference("PARENT_ID_2", "parentId2", ItemTypeIds.Deal) with { OnForm = true },
        Reference("PARENT_ID_7", "parentId7", ItemTypeIds.Quote),
        .. System(),
    ]);

    private static FieldSet Company { get; } = new(
    [
        .. Head(), .. ContactPoints(),
        Json("COMPANY_TYPE", "typeId", Option) with { Options = ["CUSTOMER", "SUPPLIER", "COMPETITOR", "PARTNER", "OTHER"], OnForm = true },
        Json("INDUSTRY", "industry", Text) with { OnForm = true },
        Json("REVENUE", "revenue", Number) with { OnForm = true },
        Json("EMPLOYEES", "employees", Text) with { OnForm = true },
        Json("ADDRESS", "address", Text) with { OnForm = true },
        Json(FieldCodes.YearEstablished, "ufCrmYearEstablished", Integer),
        Reference("PARENT_COMPANY_ID", "parentCompanyId", ItemTypeIds.Company),
        .. Origin(), .. System(),
    ]);

    private static FieldSet Contact { get; } = new(
    [
        Column(FieldCodes.Id, "id", Integer, "id") with { ReadOnly = true },
        Column(FieldCodes.Title, "title", Text, "title") with { ReadOnly = true },
        Column(FieldCodes.Responsible, "assignedById", User, "responsible_id") with { OnForm = true },
        Json(FieldCodes.Observers, "observers", User) with { Multiple = true, OnForm = true },
        Column(FieldCodes.Opened, "opened", FieldKind.Boolean, "opened"),
        Json(FieldCodes.Comments, "comments", LongText) with { MaxLength = 65_536, OnForm = true },
        .. Person(), .. ContactPoints(),
        Column(FieldCodes.Company, "companyId", FieldKind.Item, "company_id") with { TargetType = ItemTypeIds.Company, OnForm = true },
        Json("TYPE_ID", "typeId", Option) with { Options = ["CLIENT", "SUPPLIER", "PARTNER", "OTHER"] },
        .. Source(), .. Origin(), .. System(),
    ]);

    private static IEnumerable<Field> Head() =>
    [
        Column(FieldCodes.Id, "id", Integer, "id") with { ReadOnly = true },
        Column(FieldCodes.Title, "title", Text, "title") with { Required = true, OnForm = true },
        Column(FieldCodes.Responsible, "assignedById", User, "responsible_id") with { OnForm = true },
        Json(FieldCodes.Observers, "observers", User) with { Multiple = true, OnForm = true },
        Column(FieldCodes.Opened, "opened", FieldKind.Boolean, "opened"),
        Json(FieldCodes.Comments, "comments", LongText) with { MaxLength = 65_536, OnForm = true },
    ];

    private static IEnumerable<Field> Staged(string classicStage, string classicSemantics) =>
    [
        Column(FieldCodes.Pipeline, "categoryId", FieldKind.Pipeline, "pipeline_id") with { Immutable = true },
        Column(FieldCodes.Stage, "stageId", Stage, "stage_id") with { ClassicName = classicStage },
        Column(FieldCodes.Semantics, "stageSemanticId", Text, "semantics") with { ClassicName = classicSemantics, ReadOnly = true },
        Column(FieldCodes.Closed, "closed", FieldKind.Boolean, "closed") with { ReadOnly = true },
        Column(FieldCodes.MovedAt, "movedTime", Instant, "moved_at") with { ReadOnly = true },
        Column(FieldCodes.MovedBy, "movedBy", User, "moved_by") with { ReadOnly = true },
    ];

    private static IEnumerable<Field> Money() =>
    [
        Column(FieldCodes.Amount, "opportunity", Number, "amount") with { OnForm = true },
        Column(FieldCodes.Currency, "currencyId", FieldKind.Currency, "currency") with { OnForm = true },
        Column(FieldCodes.AmountBase, "opportunityBase", Number, "amount_base") with { ReadOnly = true },
    ];

    private static IEnumerable<Field> Client() =>
    [
        Column(FieldCodes.Company, "companyId", FieldKind.Item, "company_id") with { TargetType = ItemTypeIds.Company, OnForm = true },
        Column(FieldCodes.Contact, "contactId", FieldKind.Item, "contact_id") with { TargetType = ItemTypeIds.Contact, OnForm = true },
    ];

    private static IEnumerable<Field> Dates() =>
    [
        Column(FieldCodes.BeginDate, "begindate", Date, "begin_date") with { OnForm = true },
        Column(FieldCodes.CloseDate, "closedate", Date, "close_date") with { OnForm = true },
    ];

    private static IEnumerable<Field> Person() =>
    [
        Json("HONORIFIC", "honorific", Text), Json(FieldCodes.Name, "name", Text) with { OnForm = true },
        Json("SECOND_NAME", "secondName", Text), Json(FieldCodes.LastName, "lastName", Text) with { OnForm = true },
        Json("POST", "post", Text) with { OnForm = true }, Json("BIRTHDATE", "birthdate", Date),
    ];

    private static IEnumerable<Field> ContactPoints() =>
    [
        Json(FieldCodes.Phone, "phone", FieldKind.ContactPoints) with { Multiple = true, OnForm = true },
        Json(FieldCodes.Email, "email", FieldKind.ContactPoints) with { Multiple = true, OnForm = true },
        Json(FieldCodes.Web, "web", FieldKind.ContactPoints) with { Multiple = true },
        Json(FieldCodes.Messenger, "im", FieldKind.ContactPoints) with { Multiple = true },
    ];

    private static IEnumerable<Field> Source() =>
    [
        Json("SOURCE_ID", "sourceId", Option) with { Options = ["CALL", "EMAIL", "WEB", "ADVERTISING", "PARTNER", "RECOMMENDATION", "TRADE_SHOW", "OTHER"] },
        Json("SOURCE_DESCRIPTION", "sourceDescription", LongText),
    ];

    private static IEnumerable<Field> Origin() => [Json(FieldCodes.OriginatorId, "originatorId", Text), Json(FieldCodes.OriginId, "originId", Text)];

    private static IEnumerable<Field> System() =>
    [
        Column(FieldCodes.CreatedAt, "createdTime", Instant, "created_at") with { ReadOnly = true },
        Column(FieldCodes.UpdatedAt, "updatedTime", Instant, "updated_at") with { ReadOnly = true },
        Column(FieldCodes.CreatedBy, "createdBy", User, "created_by") with { ReadOnly = true },
        Column(FieldCodes.UpdatedBy, "updatedBy", User, "updated_by") with { ReadOnly = true },
    ];

    private static Field Column(string code, string itemName, FieldKind kind, string column) =>
        new(code, code, itemName, kind) { Storage = FieldStorage.Column, Column = column };

    private static Field Json(string code, string itemName, FieldKind kind) =>
        new(code, code, itemName, kind) { MaxLength = kind == LongText ? 65_536 : 255 };

    private static Field Reference(string code, string itemName, int target) =>
        Json(code, itemName, FieldKind.Item) with { TargetType = target };
}
