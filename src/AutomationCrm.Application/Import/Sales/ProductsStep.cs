using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Import.Running;

namespace AutomationCrm.Application.Import.Sales;

/// <summary>Nothing of its own comes of products: their names are what the opportunities' products are compared with.</summary>
internal sealed class ProductsStep() : ImportStep(SalesParts.Products)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>The names of all products, in the file's own spelling.</summary>
    public static async Task<NameLookup<bool>> NamesAsync(ImportContext context, CancellationToken ct)
    {
        var names = new NameLookup<bool>();
        await foreach (var row in context.RowsAsync(SalesParts.Products, ct))
            if (row[SalesParts.Product] is { Length: > 0 } name) names.Add(name, true);
        return names;
    }

    public override Task PrepareAsync(CancellationToken ct)
    {
        seen.Clear();
        return Task.CompletedTask;
    }

    public override Task MapAsync(IReadOnlyList<ImportRow> rows, ImportChunk chunk, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            var name = row[SalesParts.Product];
            row.ReportFormula(SalesParts.Product, name);
            if (name.Length == 0) row.Report(SalesParts.Product, "", ProblemCodes.KeyMissing, RowNotes.ProductUnnamed);
            else if (!seen.Add(name)) row.Report(SalesParts.Product, name, ProblemCodes.RowExists, RowNotes.ProductTwice);
        }

        return Task.CompletedTask;
    }
}
