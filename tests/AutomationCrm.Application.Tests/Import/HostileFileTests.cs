using System.Text;
using AutomationCrm.Application.Import;
using AutomationCrm.Domain.Common;
using FluentValidation;

namespace AutomationCrm.Application.Tests.Import;

/// <summary>Whatever is wrong with a file is said with its name and place before anything is written.</summary>
public class HostileFileTests
{
    private const string Row = "H1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,10\n";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "unclosed quote", "csv.quote", "bad.csv, row 3, column \"product\": a quote is opened and not closed." },
        { "quote in the middle", "csv.quote", "bad.csv, row 2, column \"sales_agent\": something follows the closing quote." },
        { "10 MB cell", "csv.cell_size", "bad.csv, row 3, column \"account\": the cell is longer than 64 KB." },
        { "2 MB row", "csv.row_size", "bad.csv, row 2, column 18: the row is longer than 1 MB." },
        { "300 columns", "csv.columns", "bad.csv, row 1 has more than 200 columns." },
        { "300 cells", "csv.columns", "bad.csv, row 2 has more than 200 columns." },
        { "UTF-16", "csv.encoding", "bad.csv is not UTF-8 (near row 1)." },
        { "Windows-1252", "csv.encoding", "bad.csv is not UTF-8 (near row " },
        { "a spreadsheet", "csv.encoding", "bad.csv is not UTF-8 (near row 1)." },
        { "empty", "csv.empty", "bad.csv has no header row." },
        { "blank lines", "csv.empty", "bad.csv has no header row." },
        { "duplicate header", "csv.header_duplicate", "bad.csv has the column \"Product\" 2 times." },
        { "missing header", "csv.header_missing", "bad.csv looks like \"opportunities\" but lacks the columns account, close_value." },
        { "foreign header", "csv.header_unknown", "bad.csv is none of the files of this preset: its columns are name, city." },
        { "NUL header", "csv.header_unknown", "bad.csv is none of the files of this preset: its columns are ␀␀␀." },
        { "semicolons", "csv.header_unknown", "bad.csv is none of the files of this preset" },
        { "same part twice", "import.file_twice", "accounts.csv and bad.csv have the same columns" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_hostile_file_is_refused_with_its_place_and_nothing_is_written(string name, string code, string message)
    {
        await using var bench = await ImportBench.StartAsync();
        var before = await bench.CountAsync();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => bench.StartBytesAsync(("accounts.csv", Encoding.UTF8.GetBytes(SalesFiles.Accounts.Item2)), ("../../bad.csv", Make(name))));

        Assert.Equal((code, "bad.csv"), (refused.Code, refused.Field));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await bench.CountAsync());
        Assert.Empty(bench.Folders);
    }

    [Fact]
    public async Task Too_many_too_large_and_unknown_are_refused()
    {
        await using var bench = await ImportBench.StartAsync();
        var before = await bench.CountAsync();

        await Assert.ThrowsAsync<ValidationException>(() => bench.StartBytesAsync());
        await Assert.ThrowsAsync<ValidationException>(() => bench.StartBytesAsync([.. Enumerable.Repeat(("a.csv", Array.Empty<byte>()), 11)]));
        var unknown = await Assert.ThrowsAsync<RuleBrokenException>(() => bench.App.SendAsync(new StartImport("payroll", [new("a.csv", new MemoryStream())])));
        var large = await Assert.ThrowsAsync<RuleBrokenException>(() => bench.App.SendAsync(new StartImport("sales", [new("a.csv", new EndlessStream())])));

        Assert.Equal(("import.preset", "import.file_size"), (unknown.Code, large.Code));
        Assert.Equal(before, await bench.CountAsync());
        Assert.Empty(bench.Folders);
    }

    [Theory]
    [InlineData("﻿")]
    [InlineData("\n\n")]
    public async Task Marks_blank_lines_any_line_end_and_quoted_commas_are_read(string start)
    {
        await using var bench = await ImportBench.StartAsync();
        var text = (start.Trim('\n') + SalesFiles.OpportunityHeader + start.Trim('﻿') + "\"H1\",Mia Holm,\"Lamp, \"\"Pro\"\"\nlarge\",5\" Lamps,Won,1/5/2017,2/8/2017,10").Replace("\n", "\r\n", StringComparison.Ordinal);

        var report = await bench.ImportAsync(("x.csv", text));

        Assert.Equal((ImportState.Done, 1L), (report.Import.State, report.Import.RowsDone));
        Assert.Equal("Lamp, \"Pro\"\r\nlarge", await bench.App.ScalarAsync<string>("select data ->> 'UF_CRM_PRODUCT' from item where type_id = 2"));
        Assert.Single(await bench.ProblemsAsync(report.Import.Id), p => p is { Code: "reference.unknown", Value: "5\" Lamps" } && p.Row == (start == "\n\n" ? 4 : 2));
    }

    private static byte[] Make(string name)
    {
        var header = SalesFiles.OpportunityHeader;
        return name switch
        {
            "unclosed quote" => Utf8(header + Row + "H2,Mia Holm,\"Lamp Pro,Big Lantern,Won\n" + Row),
            "quote in the middle" => Utf8(header + "H2,\"Mia\" Holm,Lamp\n"),
            "10 MB cell" => Utf8(header + Row + "H2,Mia Holm,Lamp Pro," + new string('x', 10 * 1024 * 1024) + "\n"),
            "2 MB row" => Utf8(header + string.Join(',', Enumerable.Repeat(new string('x', 60 * 1024), 35)) + "\n"),
            "300 columns" => Utf8(string.Join(',', Enumerable.Range(1, 300).Select(i => $"c{i}")) + "\n"),
            "300 cells" => Utf8(header + new string(',', 300) + "\n"),
            "UTF-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(header + Row)],
            "Windows-1252" => [.. Utf8(header + Row), .. "H2,Jos"u8, 0xE9, .. ",Lamp\n"u8],
            "a spreadsheet" => [.. "PK"u8, 3, 4, 0xFF, 0, 0xC3, 0x28, .. Enumerable.Range(0, 500).Select(i => (byte)(i * 37))],
            "empty" => [],
            "blank lines" => Utf8("\n\r\n , ,\n" + header),
            "duplicate header" => Utf8("Product," + header),
            "missing header" => Utf8("opportunity_id,sales_agent,product,deal_stage,engage_date,close_date\n"),
            "foreign header" => Utf8("name,city\nx,y\n"),
            "NUL header" => new byte[3],
            "semicolons" => Utf8(header.Replace(',', ';')),
            "same part twice" => Utf8(SalesFiles.Accounts.Item2),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
