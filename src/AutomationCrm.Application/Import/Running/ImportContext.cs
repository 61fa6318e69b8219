using System.Runtime.CompilerServices;
using AutomationCrm.Application.Import.Csv;
using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Portal;

namespace AutomationCrm.Application.Import.Running;

/// <summary>What the steps of one import share.</summary>
internal sealed class ImportContext(ClaimedImport import, IImportStore store, IImportFiles files, IPortal portal)
{
    public IImportStore Store => store;

    public long AuthorId => import.AuthorId;

    public Task<PortalSnapshot> PortalAsync(CancellationToken ct) => portal.FreshAsync(ct);

    public ImportedFile? FileOf(ImportPart part) => import.Content.Files.FirstOrDefault(f => f.Part == part.Code);

    /// <summary>The rows of a part; none when its file was not given.</summary>
    public async IAsyncEnumerable<ImportRow> RowsAsync(ImportPart part, [EnumeratorCancellation] CancellationToken ct)
    {
        if (FileOf(part) is not { } file) yield break;

        await using var content = files.Open(import.Content.Folder, file.Number);
        using var source = await CsvSource.OpenAsync(content, file.Name, ct);
        var columns = source.Headers.Index().Where(h => h.Item.Length > 0).ToDictionary(h => h.Item, h => h.Index, StringComparer.OrdinalIgnoreCase);
        await foreach (var cells in source.ReadAsync(ct))
        {
            var row = new ImportRow(file.Name, cells, columns);
            row.ReportShape(source.Headers.Count);
            yield return row;
        }
    }

    /// <summary>A report for every column of a part's file that nothing is read from.</summary>
    public async Task<IReadOnlyList<RowProblem>> IgnoredColumnsAsync(ImportPart part, CancellationToken ct)
    {
        if (FileOf(part) is not { } file) return [];

        await using var content = files.Open(import.Content.Folder, file.Number);
        using var source = await CsvSource.OpenAsync(content, file.Name, ct);
        return
        [
            .. source.Headers.Where(h => !part.Used.Contains(h, StringComparer.OrdinalIgnoreCase))
                .Select(h => new RowProblem(file.Name, 1, h, "", ProblemCodes.ColumnIgnored, RowNotes.ColumnNotRead, [])),
        ];
    }
}
