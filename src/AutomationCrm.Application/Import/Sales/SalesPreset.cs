using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>Accounts, sales teams, products and opportunities of a sales pipeline: companies, people and deals.</summary>
internal sealed class SalesPreset() : ImportPreset("sales", [SalesParts.Accounts, SalesParts.Teams, SalesParts.Products, SalesParts.Opportunities])
{
    public override Pipeline? FindPipeline(PortalSnapshot portal) => SalesPipeline.Find(portal);

    internal override IReadOnlyList<ImportStep> Begin(ImportContext context) =>
        [new AccountsStep(context), new TeamsStep(context), new ProductsStep(), new OpportunitiesStep(context)];
}
