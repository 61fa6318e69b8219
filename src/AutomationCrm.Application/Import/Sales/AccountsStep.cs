using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>Accounts become companies, parents before their subsidiaries.</summary>
internal sealed class AccountsStep(ImportContext context) : ImportStep(SalesParts.Accounts)
{
    private readonly AccountTree tree = new();
    private Dictionary<string, long> known = [];
    private NameLookup<long> companies = new();

    public override int Passes => tree.Levels;

    public override int PassOf(ImportRow row) => tree.DepthOf(row[SalesParts.Account]);

    public override async Task PrepareAsync(CancellationToken ct)
    {
        known = await context.Store.FindOriginsAsync(ItemTypeIds.Company, SalesParts.Originator, ct);
        companies = new();
        foreach (var (name, id) in known) companies.Add(name, id);
        await foreach (var row in context.RowsAsync(Part, ct)) tree.Add(row[SalesParts.Account], row[SalesParts.Subsidiary]);
    }

    public override async Task MapAsync(IReadOnlyList<ImportRow> rows, ImportChunk chunk, CancellationToken ct)
    {
        var added = OriginFilter.New(rows, SalesParts.Account, known);
        var ids = await context.Store.NextItemIdsAsync(ItemTypeIds.Company, added.Count, ct);
        foreach (var (row, id) in added.Zip(ids))
        {
            var item = Company(row, id, chunk);
            known[row[SalesParts.Account]] = id;
            companies.Add(row[SalesParts.Account], id);
            chunk.Add(item);
        }
    }

    private Item Company(ImportRow row, long id, ImportChunk chunk)
    {
        var name = row[SalesParts.Account];
        row.ReportFormula(SalesParts.Account, name);
        var item = NewItem.Of(ItemType.Company, id, CellReader.Fit(row, SalesParts.Account, name, ItemType.Company.Fields[FieldCodes.Title].MaxLength), SalesParts.Originator, name, chunk);
        item.Set(FieldCodes.Responsible, new UserValue(chunk.AuthorId));
        item.Set(FieldCodes.CreatedAt, Value.Of(chunk.Now));
        foreach (var column in SalesParts.AccountColumns) item.Set(column.FieldCode, CellReader.Read(row, column, item.Type.Fields[column.FieldCode]));
        if (row[SalesParts.Subsidiary] is { Length: > 0 } parent && Parent(row, name, parent) is { } parentId)
            item.Set("PARENT_COMPANY_ID", new ItemValue(ItemTypeIds.Company, parentId));
        return item;
    }

    private long? Parent(ImportRow row, string account, string parent)
    {
        if (tree.Has(parent) && !tree.ComesAfter(account, parent) && !known.ContainsKey(parent))
        {
            row.Report(SalesParts.Subsidiary, parent, ProblemCodes.ReferenceCycle, RowNotes.ParentCircle);
            return null;
        }

        return Lookups.Find(row, SalesParts.Subsidiary, parent, companies, ProblemCodes.ReferenceUnknown, RowNotes.NoSuchParent);
    }
}
