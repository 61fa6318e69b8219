using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>Opportunities become deals with the dates they really had.</summary>
internal sealed class OpportunitiesStep(ImportContext context) : ImportStep(SalesParts.Opportunities)
{
    /// <summary>The files' amounts are US dollars.</summary>
    private const string FileCurrency = "USD";

    private Dictionary<string, long> known = [];
    private NameLookup<long> companies = new();
    private NameLookup<long> sellers = new();
    private NameLookup<bool> products = new();
    private PortalSnapshot portal = null!;
    private Pipeline? pipeline;

    public override async Task PrepareAsync(CancellationToken ct)
    {
        portal = await context.PortalAsync(ct);
        pipeline = SalesPipeline.Find(portal);
        sellers = TeamsStep.PeopleOf(portal);
        products = await ProductsStep.NamesAsync(context, ct);
        companies = new();
        foreach (var (name, id) in await context.Store.FindOriginsAsync(ItemTypeIds.Company, SalesParts.Originator, ct)) companies.Add(name, id);
        known = await context.Store.FindOriginsAsync(ItemTypeIds.Deal, SalesParts.Originator, ct);
    }

    public override async Task MapAsync(IReadOnlyList<ImportRow> rows, ImportChunk chunk, CancellationToken ct)
    {
        pipeline ??= SalesPipeline.Make(portal, chunk);
        var added = OriginFilter.New(rows, SalesParts.Opportunity, known);
        var ids = await context.Store.NextItemIdsAsync(ItemTypeIds.Deal, added.Count, ct);
        var historyIds = new Queue<long>(await context.Store.NextIdsAsync(ImportIds.Row, added.Count * 2, ct));
        foreach (var (row, id) in added.Zip(ids))
        {
            chunk.Add(Deal(row, id, pipeline, chunk, historyIds));
            known[row[SalesParts.Opportunity]] = id;
        }
    }

    private Item Deal(ImportRow row, long id, Pipeline place, ImportChunk chunk, Queue<long> historyIds)
    {
        var (product, account, stage) = (Product(row), row[SalesParts.Account], Stage(row, place));
        var key = row[SalesParts.Opportunity];
        row.ReportFormula(SalesParts.Opportunity, key);
        var item = NewItem.Of(ItemType.Deal, id, Title(key, product, account), SalesParts.Originator, key, chunk);
        var seller = Seller(row) ?? chunk.AuthorId;
        item.Set(FieldCodes.Responsible, new UserValue(seller));
        item.Set(FieldCodes.Product, product.Length == 0 ? Value.Null : Value.Of(product));
        if (Company(row, account) is { } company) item.Set(FieldCodes.Company, new ItemValue(ItemTypeIds.Company, company));
        SetAmount(row, item, stage);
        OpportunityDates.Read(row, stage, chunk.Now).Apply(item, place, stage, seller, chunk, historyIds);
        return item;
    }

    // Both names are reported where they are too long for their fields.
    private static string Title(string key, string product, string account)
    {
        var title = account.Length > 0 && product.Length > 0 ? $"{account}: {product}" : account.Length + product.Length > 0 ? $"{account}{product} {key}" : key;
        return title.Length > 255 ? title[..(char.IsHighSurrogate(title[254]) ? 254 : 255)] : title;
    }

    private string Product(ImportRow row)
    {
        var name = row[SalesParts.Product];
        row.ReportFormula(SalesParts.Product, name);
        if (name.Length == 0) row.Report(SalesParts.Product, "", ProblemCodes.Empty, RowNotes.FieldEmpty);
        else if (products.Count > 0)
        {
            if (products.Find(name) is not { } found) row.Report(SalesParts.Product, name, ProblemCodes.ProductUnknown, RowNotes.ProductKept);
            else if (found.Name != name)
            {
                row.Report(SalesParts.Product, name, ProblemCodes.Corrected, RowNotes.ReadAs, found.Name);
                name = found.Name;
            }
        }

        return CellReader.Fit(row, SalesParts.Product, name, ItemType.Deal.Fields[FieldCodes.Product].MaxLength);
    }

    private static Stage Stage(ImportRow row, Pipeline place)
    {
        var name = row[SalesParts.Stage];
        if (name.Length > 0 && SalesPipeline.StageOf(place, name) is { } stage) return stage;

        row.Report(SalesParts.Stage, name, ProblemCodes.StageUnknown, RowNotes.FirstStage, place.First.Name);
        return place.First;
    }

    private long? Seller(ImportRow row)
    {
        var name = row[SalesParts.Seller];
        if (name.Length > 0) return Lookups.Find(row, SalesParts.Seller, name, sellers, ProblemCodes.PersonUnknown, RowNotes.NoSuchPerson);

        row.Report(SalesParts.Seller, "", ProblemCodes.Empty, RowNotes.NoSeller);
        return null;
    }

    private long? Company(ImportRow row, string account)
    {
        row.ReportFormula(SalesParts.Account, account);
        if (account.Length > 0) return Lookups.Find(row, SalesParts.Account, account, companies, ProblemCodes.ReferenceUnknown, RowNotes.NoSuchCompany);

        row.Report(SalesParts.Account, "", ProblemCodes.Empty, RowNotes.NoCompany);
        return null;
    }

    private void SetAmount(ImportRow row, Item item, Stage stage)
    {
        // Only what was won or lost has a value.
        var column = SalesParts.ValueColumn with { Filled = stage.IsFinal };
        var amount = CellReader.Read(row, column, item.Type.Fields[FieldCodes.Amount]) is NumberValue number ? Math.Round(number.Number, 2, MidpointRounding.AwayFromZero) : (decimal?)null;
        var currency = FileCurrency;
        if (!portal.Rates.TryGetValue(currency, out var rate))
        {
            (currency, rate) = (portal.BaseCurrency, 1);
            row.Report(SalesParts.CloseValue, row[SalesParts.CloseValue], ProblemCodes.CurrencyUnknown, RowNotes.CountsAs, FileCurrency, currency);
        }

        if (amount is { } value) item.Set(FieldCodes.Amount, Value.Of(value));
        item.Set(FieldCodes.Currency, Value.Of(currency));
        item.Set(FieldCodes.AmountBase, Value.Of(Math.Round((amount ?? 0) * rate, 2, MidpointRounding.AwayFromZero)));
    }
}
