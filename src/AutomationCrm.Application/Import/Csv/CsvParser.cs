using System.Globalization;
using System.Text;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Import.Csv;

/// <summary>
/// Cuts text into rows and cells (RFC 4180; any line end; a quote inside a cell that is not quoted is just a sign). It never keeps more
/// than one row, and of that no more than <see cref="CsvLimits"/> allow: what is longer is refused while it is read.
/// </summary>
internal sealed class CsvParser(TextReader reader, string file)
{
    private const int End = -1;

    private readonly char[] buffer = new char[32 * 1024];
    private readonly StringBuilder cell = new();
    private readonly List<string> cells = [];
    private int at;
    private int length;
    private int size;

    /// <summary>The row being read or just read, as a spreadsheet counts.</summary>
    public int Row { get; private set; }

    /// <summary>The names of the columns as far as they are known, for messages.</summary>
    public IReadOnlyList<string> Headers { get; set; } = [];

    /// <summary>The cells of the next row; null after the last.</summary>
    public async ValueTask<IReadOnlyList<string>?> NextAsync(CancellationToken ct)
    {
        if (await PeekAsync(ct) == End) return null;

        Row++;
        (size, var last) = (0, false);
        cells.Clear();
        while (!last) last = await PeekAsync(ct) == '"' ? await QuotedAsync(ct) : await PlainAsync(ct);
        return [.. cells];
    }

    /// <summary>Reads a cell up to its comma or its row's end; answers whether the row has ended.</summary>
    private async ValueTask<bool> PlainAsync(CancellationToken ct)
    {
        while (true)
        {
            switch (await PeekAsync(ct))
            {
                case ',' or '\r' or '\n' or End: return await CloseAsync(ct);
                default: Take(); break;
            }
        }
    }

    private async ValueTask<bool> QuotedAsync(CancellationToken ct)
    {
        at++;
        while (true)
        {
            var next = await PeekAsync(ct);
            if (next == End) throw Refuse("csv.quote", "a quote is opened and not closed.");
            if (next != '"')
            {
                Take();
                continue;
            }

            at++;
            if (await PeekAsync(ct) != '"') break;
            Take();
        }

        while (await PeekAsync(ct) is ' ' or '\t') at++;
        return await PeekAsync(ct) is ',' or '\r' or '\n' or End ? await CloseAsync(ct) : throw Refuse("csv.quote", "something follows the closing quote.");
    }

    /// <summary>Ends the cell and steps over what ended it.</summary>
    private async ValueTask<bool> CloseAsync(CancellationToken ct)
    {
        if (cells.Count == CsvLimits.Columns) throw new RuleBrokenException("csv.columns", $"{file}, row {Row} has more than {CsvLimits.Columns} columns.", file);
        cells.Add(cell.ToString());
        cell.Clear();
        var end = await PeekAsync(ct);
        if (end != End) at++;
        if (end == '\r' && await PeekAsync(ct) == '\n') at++;
        return end != ',';
    }

    private void Take()
    {
        if (cell.Length == CsvLimits.Cell) throw Refuse("csv.cell_size", $"the cell is longer than {CsvLimits.Cell / 1024} KB. Is a quote not closed?");
        if (++size > CsvLimits.Row) throw Refuse("csv.row_size", $"the row is longer than {CsvLimits.Row / 1024 / 1024} MB. Is a quote not closed?");
        cell.Append(buffer[at++]);
    }

    private ValueTask<int> PeekAsync(CancellationToken ct) => at < length ? new(buffer[at]) : FillAsync(ct);

    private async ValueTask<int> FillAsync(CancellationToken ct)
    {
        (at, length) = (0, await reader.ReadAsync(buffer, ct));
        return length == 0 ? End : buffer[0];
    }

    private RuleBrokenException Refuse(string code, string what)
    {
        var column = cells.Count < Headers.Count && Headers[cells.Count].Length > 0 ? $"\"{Headers[cells.Count]}\"" : (cells.Count + 1).ToString(CultureInfo.InvariantCulture);
        return new(code, $"{file}, row {Row}, column {column}: {what}", file);
    }
}
