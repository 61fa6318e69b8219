using AutomationCrm.Application.Import;
using AutomationCrm.Application.Import.Rows;

namespace AutomationCrm.Application.Tests.Import;

/// <summary>A dirty value is reported and its row comes in all the same; only a row without a key stays outside.</summary>
public class DirtyRowTests
{
    [Theory]
    [InlineData("D1,Mia Holm,LampPro,Big Lantern,Won,1/5/2017,2/8/2017,10", "value.corrected", "product", "LampPro")]
    [InlineData("D1,Mia Holm,Candle,Big Lantern,Won,1/5/2017,2/8/2017,10", "product.unknown", "product", "Candle")]
    [InlineData("D1,Mia Holm,,Big Lantern,Won,1/5/2017,2/8/2017,10", "value.empty", "product", "")]
    [InlineData("D1,Mia Holm,Lamp Pro,,Won,1/5/2017,2/8/2017,10", "value.empty", "account", "")]
    [InlineData("D1,Mia Holm,Lamp Pro,Nobody Inc,Won,1/5/2017,2/8/2017,10", "reference.unknown", "account", "Nobody Inc")]
    [InlineData("D1,Mia Holm,Lamp Pro,big lantern,Won,1/5/2017,2/8/2017,10", "value.corrected", "account", "big lantern")]
    [InlineData("D1,Nobody Else,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,10", "person.unknown", "sales_agent", "Nobody Else")]
    [InlineData("D1,,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,10", "value.empty", "sales_agent", "")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Dreaming,1/5/2017,2/8/2017,10", "stage.unknown", "deal_stage", "Dreaming")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,,2/8/2017,10", "date.missing", "engage_date", "")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,,10", "date.missing", "close_date", "")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,13/45/2017,2/8/2017,10", "value.type", "engage_date", "13/45/2017")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/0017,2/8/2017,10", "value.type", "engage_date", "1/5/0017")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,3/5/2017,2/8/2017,10", "date.order", "close_date", "2/8/2017")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,-10", "value.negative", "close_value", "-10")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,ten", "value.type", "close_value", "ten")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,", "value.empty", "close_value", "")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,99999999999999999", "value.range", "close_value", "99999999999999999")]
    [InlineData("D1,Mia Holm,=1+2,Big Lantern,Won,1/5/2017,2/8/2017,10", "value.formula", "product", "=1+2")]
    [InlineData("D1,Mia Holm,Lamp Pro,@SUM(A1),Won,1/5/2017,2/8/2017,10", "value.formula", "account", "@SUM(A1)")]
    [InlineData("D1,Mia Holm,Lamp\0 Pro,Big Lantern,Won,1/5/2017,2/8/2017,10", "value.control", "product", "Lamp␀ Pro")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,10,more", "row.columns", "", "more")]
    [InlineData("D1,Mia Holm,Lamp Pro,Big Lantern,Prospecting", "row.columns", "", "")]
    public async Task A_dirty_value_is_reported_and_its_deal_comes_in(string row, string code, string field, string value)
    {
        await using var bench = await ImportBench.StartAsync();

        var report = await bench.ImportAsync(SalesFiles.With(row));

        Assert.Equal((ImportState.Done, 1L), (report.Import.State, await bench.App.ScalarAsync<long>("select count(*) from item where type_id = 2")));
        var problem = Assert.Single(await bench.ProblemsAsync(report.Import.Id), p => p.Code == code && p.File == "sales_pipeline.csv");
        Assert.Equal((2, field, value), (problem.Row, problem.Field, problem.Value));
        Assert.Contains(problem.Note, RowNotes.All);
    }

    [Fact]
    public async Task A_row_without_a_key_stays_outside_and_is_reported()
    {
        await using var bench = await ImportBench.StartAsync();

        var report = await bench.ImportAsync(SalesFiles.With(",Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,10\nD1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,10\nD1,Mia Holm,Lamp Pro,Big Lantern,Won,1/5/2017,2/8/2017,11"));

        Assert.Equal(1, await bench.App.ScalarAsync<long>("select count(*) from item where type_id = 2"));
        Assert.Equal([(2, "key.missing"), (4, "row.exists")], (await bench.ProblemsAsync(report.Import.Id)).Where(p => p.File == "sales_pipeline.csv").Select(p => (p.Row, p.Code)));
    }

    [Fact]
    public async Task Accounts_in_a_circle_lose_one_parent_and_unknown_parents_are_reported()
    {
        await using var bench = await ImportBench.StartAsync();

        var report = await bench.ImportAsync(("accounts.csv", """
            account,sector,year_established,revenue,employees,office_location,subsidiary_of
            A,s,2001,1,8,x,B
            B,s,2001,1,8,x,C
            C,s,2001,1,8,x,A
            D,s,2001.5,-1,many,x,D
            E,s,2001,1,8,x,Nobody
            """));

        var problems = await bench.ProblemsAsync(report.Import.Id);
        Assert.Equal(5, await bench.App.ScalarAsync<long>("select count(*) from item"));
        Assert.Equal(2, await bench.App.ScalarAsync<long>("select count(*) from item where data ? 'PARENT_COMPANY_ID'"));
        Assert.Equal(["D", "A"], problems.Where(p => p.Code == "reference.cycle").OrderByDescending(p => p.Row).Select(p => p.Value));
        Assert.Equal(["employees value.type", "revenue value.negative", "year_established value.type"], problems.Where(p => p.Row == 5 && p.Field != "subsidiary_of").Select(p => $"{p.Field} {p.Code}").Order(StringComparer.Ordinal));
        Assert.Single(problems, p => p is { Code: "reference.unknown", Value: "Nobody" });
    }

    [Fact]
    public async Task Problems_come_in_pages_and_as_CSV_that_no_spreadsheet_runs()
    {
        await using var bench = await ImportBench.StartAsync();
        var report = await bench.ImportAsync(SalesFiles.With(string.Join('\n', Enumerable.Range(1, 7).Select(i => $"D{i},Mia Holm,\" =HYPERLINK(\"\"x\"\")\",Big Lantern,Won,1/5/2017,2/8/2017,10"))));

        var first = await bench.App.SendAsync(new ListImportProblems(report.Import.Id, "value.formula", Most: 5));
        var second = await bench.App.SendAsync(new ListImportProblems(report.Import.Id, "value.formula", first.Next!.Value, Most: 5));

        Assert.Equal((7, 5, 0, 2, 5), (first.Total, first.Problems.Count, first.Before, second.Problems.Count, second.Before));
        Assert.Null(second.Next);
        Assert.Equal("\"sales_pipeline.csv\",\"'=HYPERLINK(\"\"x\"\")\"\r\n", ImportProblemCsv.Line(first.Problems[0].File, first.Problems[0].Value));
    }
}
