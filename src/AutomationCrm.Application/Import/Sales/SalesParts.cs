using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>The four files of a sales pipeline export and what their columns mean.</summary>
internal static class SalesParts
{
    /// <summary>ORIGINATOR_ID of everything the preset brings in.</summary>
    public const string Originator = "sales-csv";

    public const string Account = "account";
    public const string Subsidiary = "subsidiary_of";
    public const string Seller = "sales_agent";
    public const string Manager = "manager";
    public const string Office = "regional_office";
    public const string Product = "product";
    public const string Opportunity = "opportunity_id";
    public const string Stage = "deal_stage";
    public const string Engaged = "engage_date";
    public const string ClosedOn = "close_date";
    public const string CloseValue = "close_value";

    private static readonly string[] Dates = ["M/d/yyyy", "yyyy-MM-dd"];

    public static ImportPart Accounts { get; } = new("accounts", [Account, "sector", "year_established", "revenue", "employees", "office_location", Subsidiary], [Account, "sector", "year_established", "revenue", "employees", "office_location", Subsidiary]);

    public static ImportPart Teams { get; } = new("teams", [Seller, Manager, Office], [Seller, Manager, Office]);

    // There is no product catalogue yet: the file says which names are right.
    public static ImportPart Products { get; } = new("products", [Product, "series", "sales_price"], [Product]);

    public static ImportPart Opportunities { get; } = new("opportunities", [Opportunity, Seller, Product, Account, Stage, Engaged, ClosedOn, CloseValue], [Opportunity, Seller, Product, Account, Stage, Engaged, ClosedOn, CloseValue]);

    /// <summary>Fields of a company beside its title and its parent.</summary>
    public static IReadOnlyList<ImportColumn> AccountColumns { get; } =
    [
        new("sector", "INDUSTRY") { Corrections = new Dictionary<string, string> { ["technolgy"] = "technology" } },
        new("year_established", FieldCodes.YearEstablished) { NotNegative = true },
        new("revenue", "REVENUE") { NotNegative = true, Scale = 1_000_000 },
        new("employees", "EMPLOYEES") { WrittenAs = FieldKind.Integer, NotNegative = true },
        new("office_location", "ADDRESS"),
    ];

    /// <summary>Empty while nobody has begun to work on it.</summary>
    public static ImportColumn EngagedColumn { get; } = new(Engaged, FieldCodes.BeginDate) { Filled = false, DateFormats = Dates };

    /// <summary>Empty while the deal is open.</summary>
    public static ImportColumn ClosedColumn { get; } = new(ClosedOn, FieldCodes.CloseDate) { Filled = false, DateFormats = Dates };

    public static ImportColumn ValueColumn { get; } = new(CloseValue, FieldCodes.Amount) { Filled = false, NotNegative = true };
}
