using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>Some fields of a deal, one of each kind that is written differently.</summary>
internal static class StubFields
{
    public static IReadOnlyList<IRestField> All { get; } =
    [
        new RestField("id", "ID", RestFieldKind.Whole, "integer") { ReadOnly = true },
        new RestField("title", "TITLE", RestFieldKind.Text, "string"),
        new RestField("stage", "STAGE_ID", RestFieldKind.Code, "crm_status") { StatusType = "DEAL_STAGE" },
        new RestField("category", "CATEGORY_ID", RestFieldKind.Whole, "crm_category") { Immutable = true },
        new RestField("amount", "OPPORTUNITY", RestFieldKind.Amount, "double"),
        new RestField("opened", "OPENED", RestFieldKind.Flag, "char"),
        new RestField("begin", "BEGINDATE", RestFieldKind.Date, "date"),
        new RestField("created", "DATE_CREATE", RestFieldKind.Instant, "datetime") { ReadOnly = true },
        new RestField("responsible", "ASSIGNED_BY_ID", RestFieldKind.User, "user"),
        new RestField("company", "COMPANY_ID", RestFieldKind.Item, "crm_company") { ItemType = 4 },
        new RestField("phone", "PHONE", RestFieldKind.Multi, "crm_multifield") { Multiple = true },
        new RestField("size", "UF_CRM_3_SIZE", RestFieldKind.Number, "double") { Custom = true },
        new RestField("tags", "UF_CRM_3_TAGS2", RestFieldKind.Text, "string") { Custom = true, Multiple = true },
        new RestField("budget", "UF_CRM_BUDGET", RestFieldKind.Money, "money") { Custom = true },
        new RestField("urgent", "UF_CRM_URGENT", RestFieldKind.Flag, "boolean") { Custom = true },
        new RestField("links", "UF_CRM_LINKS", RestFieldKind.Binding, "crm") { Custom = true, Multiple = true },
        new RestField("colour", "UF_CRM_COLOUR", RestFieldKind.Option, "enumeration") { Custom = true, Options = [new("5", "Red"), new("6", "Blue")] },
    ];

    public static RestFieldSet Classic { get; } = new(All, RestDialect.Classic);

    public static RestFieldSet Item { get; } = new(All, RestDialect.Item);
}
