using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Setup;

/// <summary>What the default stages are called in a new portal; an administrator may rename them.</summary>
internal static class StageNames
{
    private static readonly Dictionary<(int, string), string> Names = new()
    {
        [(ItemTypeIds.Deal, "NEW")] = "New",
        [(ItemTypeIds.Deal, "PREPARATION")] = "Contract preparation",
        [(ItemTypeIds.Deal, "PREPAYMENT_INVOICE")] = "Prepayment",
        [(ItemTypeIds.Deal, "EXECUTING")] = "In progress",
        [(ItemTypeIds.Deal, "FINAL_INVOICE")] = "Final invoice",
        [(ItemTypeIds.Deal, "WON")] = "Won",
        [(ItemTypeIds.Deal, "LOSE")] = "Lost",
        [(ItemTypeIds.Deal, "APOLOGY")] = "Lost, reason under review",
        [(ItemTypeIds.Lead, "NEW")] = "New",
        [(ItemTypeIds.Lead, "IN_PROCESS")] = "In contact",
        [(ItemTypeIds.Lead, "PROCESSED")] = "Qualified",
        [(ItemTypeIds.Lead, "CONVERTED")] = "Converted",
        [(ItemTypeIds.Lead, "JUNK")] = "Not a lead",
        [(ItemTypeIds.Quote, "DRAFT")] = "Draft",
        [(ItemTypeIds.Quote, "SENT")] = "Sent to client",
        [(ItemTypeIds.Quote, "APPROVED")] = "Accepted",
        [(ItemTypeIds.Quote, "DECLAINED")] = "Declined",
        [(ItemTypeIds.Quote, "APOLOGY")] = "Declined, reason under review",
        [(ItemTypeIds.Invoice, "N")] = "New",
        [(ItemTypeIds.Invoice, "S")] = "Sent to client",
        [(ItemTypeIds.Invoice, "P")] = "Paid",
        [(ItemTypeIds.Invoice, "D")] = "Not paid",
    };

    public static string Of(int typeId, string code) => Names.GetValueOrDefault((typeId, code), code);
}
