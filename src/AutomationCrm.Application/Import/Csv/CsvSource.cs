using System.Runtime.CompilerServices;
using System.Text;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Import.Csv;

/// <summary>
/// A CSV file, read row by row: UTF-8 with or without a byte order mark, commas, a header. Whatever is wrong with the file is a
/// <see cref="RuleBrokenException"/> that names file, row and column; its field is the file's name.
/// </summary>
public sealed class CsvSource : IDisposable
{
    // With the mark among its preambles the reader skips it; anything that is not UTF-8 throws instead of becoming question marks.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly string file;
    private readonly StreamReader reader;
    private readonly CsvParser parser;

    private CsvSource(Stream stream, string file)
    {
        this.file = file;
        reader = new(stream, Strict, detectEncodingFromByteOrderMarks: false);
        parser = new(reader, file);
    }

    /// <summary>The names of the columns, trimmed; a column without a name is empty.</summary>
    public IReadOnlyList<string> Headers => parser.Headers;

    /// <summary>Opens a file and reads its header.</summary>
    public static async Task<CsvSource> OpenAsync(Stream stream, string file, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var source = new CsvSource(stream, file);
        try
        {
            await source.ReadHeaderAsync(ct);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The rows after the header; blank lines are left out.</summary>
    public async IAsyncEnumerable<CsvRow> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await NextAsync(ct) is { } cells)
            if (cells.Any(c => c.Length > 0)) yield return new(parser.Row, cells);
    }

    public void Dispose() => reader.Dispose();

    private async Task ReadHeaderAsync(CancellationToken ct)
    {
        var header = await NextAsync(ct);
        if (header is null || header.All(string.IsNullOrWhiteSpace)) throw Refuse("csv.empty", $"{file} has no header row.");

        parser.Headers = [.. header.Select(h => ShownText.Of(h.Trim(), 100))];
        var twice = Headers.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw Refuse("csv.header_duplicate", $"{file} has the column \"{twice.Key}\" {twice.Count()} times.");
    }

    private async ValueTask<IReadOnlyList<string>?> NextAsync(CancellationToken ct)
    {
        try
        {
            return await parser.NextAsync(ct);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("csv.encoding", $"{file} is not UTF-8 (near row {parser.Row + 1}). Save it as \"CSV UTF-8\" and try again.");
        }
    }

    private RuleBrokenException Refuse(string code, string message) => new(code, message, file);
}
