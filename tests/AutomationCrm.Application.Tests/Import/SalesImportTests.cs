using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Import;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Import;

public class SalesImportTests
{
    [Fact]
    public async Task Four_files_become_companies_people_and_deals()
    {
        await using var bench = await ImportBench.StartAsync();

        var report = await bench.ImportAsync(SalesFiles.All);

        Assert.Equal((ImportState.Done, 13L, 13L, null), (report.Import.State, report.Import.RowsTotal, report.Import.RowsDone, report.Import.Failure));
        Assert.Equal(3 + 5 + 5, report.Import.ItemsAdded);
        Assert.Equal("items 8, events 8, history 8, totals 4, people 6, departments 4, pipelines 6, jobs 1", await bench.CountAsync());
        Assert.Equal(2000.50m, await bench.App.ScalarAsync<decimal>("select sum(amount) from item where type_id = 2 and semantics = 'S'"));
        Assert.Empty(bench.Folders);
        Assert.Equal(
            ["column.ignored products.csv 1 sales_price", "column.ignored products.csv 1 series", "value.corrected accounts.csv 3 sector", "value.corrected sales_pipeline.csv 3 product", "value.empty sales_pipeline.csv 5 account"],
            (await bench.ProblemsAsync(report.Import.Id)).Select(p => $"{p.Code} {p.File} {p.Row} {p.Field}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_company_has_its_figures_and_its_parent_whatever_the_order_of_the_rows()
    {
        await using var bench = await ImportBench.StartAsync();
        await bench.ImportAsync(SalesFiles.Accounts);

        var (parent, child) = (await CompanyAsync(bench, "Big Lantern"), await CompanyAsync(bench, "Little Lamp"));

        Assert.Equal(("technology", "2822", 1_100_040_000m, 1970m, "United States"),
            (parent.Text("INDUSTRY"), parent.Text("EMPLOYEES"), parent.Number("REVENUE"), parent.Number(FieldCodes.YearEstablished), parent.Text("ADDRESS")));
        Assert.Equal(new ItemValue(ItemTypeIds.Company, parent.Ref.Id), child["PARENT_COMPANY_ID"]);
        Assert.Equal("Oak, Ash & Sons", (await CompanyAsync(bench, "Oak, Ash & Sons")).Title);
    }

    [Fact]
    public async Task Sellers_stand_in_the_team_of_their_manager_and_cannot_sign_in()
    {
        await using var bench = await ImportBench.StartAsync();
        await bench.ImportAsync(SalesFiles.Teams);

        var people = await bench.App.ReadAsync(db => db.People.AsNoTracking().Where(p => !p.IsAdmin).ToListAsync());
        var departments = await bench.App.ReadAsync(db => db.Departments.AsNoTracking().ToListAsync());

        Assert.All(people, p => Assert.Equal((null, null, false, true), (p.Login, p.PasswordHash, p.IsDemo, p.IsActive)));
        var lea = people.Single(p => p.LastName == "Maria Costa");
        var team = departments.Single(d => d.Id == lea.DepartmentId);
        Assert.Equal(("South: Ivo Park", "Ivo Park", "South"), (team.Name, people.Single(p => p.Id == team.HeadId).FullName, departments.Single(d => d.Id == team.ParentId).Name));
    }

    [Fact]
    public async Task A_won_deal_has_the_dates_the_seller_and_the_history_it_really_had()
    {
        await using var bench = await ImportBench.StartAsync();
        var report = await bench.ImportAsync(SalesFiles.All);

        var deal = await DealAsync(bench, "A2");
        var pipeline = report.PipelineId!.Value;
        var stage = $"C{pipeline}:WON";
        var seller = await bench.App.ReadAsync(db => db.People.SingleAsync(p => p.LastName == "Okoro"));
        var history = await bench.App.ReadAsync(db => db.StageHistory.Where(h => h.ItemId == deal.Ref.Id).OrderBy(h => h.At).ToListAsync());
        var stored = await bench.App.ReadAsync(db => db.Events.SingleAsync(e => e.TypeId == ItemTypeIds.Deal && e.ItemId == deal.Ref.Id));

        Assert.Equal((stage, 1L, seller.Id, "Lamp Pro", "sales-csv"), (deal.StageId, deal.Version, deal.ResponsibleId, deal.Text(FieldCodes.Product), deal.Text(FieldCodes.OriginatorId)));
        Assert.Equal((946.50m, "USD", 851.85m), (deal.Number(FieldCodes.Amount), deal.Text(FieldCodes.Currency), deal.Number(FieldCodes.AmountBase)));
        Assert.Equal((Day(2017, 1, 5), Day(2017, 2, 28)), (deal[FieldCodes.BeginDate], deal[FieldCodes.CloseDate]));
        Assert.Equal((At(2017, 1, 5), At(2017, 2, 28)), (deal[FieldCodes.CreatedAt], deal[FieldCodes.MovedAt]));
        Assert.Equal([($"C{pipeline}:ENGAGING", 1, At(2017, 1, 5)), (stage, 3, At(2017, 2, 28))], history.Select(h => (h.StageId, (int)h.Kind, (Value)Value.Of(h.At))));
        Assert.Equal(("added", 1L, bench.App.Admin), (stored.Kind, stored.Version, stored.ActorId));
    }

    [Fact]
    public async Task Totals_of_the_stages_are_the_sums_of_their_deals()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 2);
        var report = await bench.ImportAsync(SalesFiles.All);

        var totals = await bench.App.ReadAsync(db => db.StageTotalDeltas.GroupBy(t => t.StageId).Select(g => new { g.Key, Items = g.Sum(t => t.Items), Amount = g.Sum(t => t.Amount) }).OrderBy(t => t.Key).ToListAsync());

        Assert.Equal([("ENGAGING", 1, 0m), ("LOST", 1, 0m), ("PROSPECTING", 1, 0m), ("WON", 2, 1800.45m)], totals.Select(t => (t.Key.Split(':')[1], t.Items, t.Amount)));
        Assert.Contains($"import/{report.Import.Id}", bench.Hinted.Topics);
        Assert.Contains($"board/2/{report.PipelineId}", bench.Hinted.Topics);
    }

    [Fact]
    public async Task The_same_files_twice_are_in_once()
    {
        await using var bench = await ImportBench.StartAsync();
        await bench.ImportAsync(SalesFiles.All);
        var before = await bench.CountAsync();

        var again = await bench.ImportAsync(SalesFiles.All);

        Assert.Equal((ImportState.Done, 0L, 13L), (again.Import.State, again.Import.ItemsAdded, again.Import.RowsDone));
        Assert.Equal(before.Replace("jobs 1", "jobs 2", StringComparison.Ordinal), await bench.CountAsync());
        Assert.Equal(3 + 3 + 5, again.ByCode.Single(c => c.Code == "row.exists").Count);
    }

    [Fact]
    public async Task Robots_of_the_stages_do_not_run()
    {
        await using var bench = await ImportBench.StartAsync();
        var first = await bench.ImportAsync(SalesFiles.All);
        await bench.App.PublishAsync(ItemTypeIds.Deal, $"C{first.PipelineId}:WON", Robot("add_comment", new { text = "Robots ran" }));

        await bench.ImportAsync(SalesFiles.Many(20));
        await bench.App.DrainAsync();

        Assert.Equal(28, await bench.App.ScalarAsync<long>("select count(*) from item"));
        Assert.Empty(await bench.App.ReadAsync<List<Run>>(db => db.Runs.ToListAsync()));
        Assert.Equal(0, await bench.App.ScalarAsync<long>("select count(*) from job"));
    }

    [Fact]
    public async Task The_pipeline_is_found_again_under_another_name()
    {
        await using var bench = await ImportBench.StartAsync();
        var first = await bench.ImportAsync(SalesFiles.Opportunities);
        await bench.App.ExecuteAsync("update pipeline set name = 'Hardware' where name = 'Sales opportunities'");

        var second = await bench.ImportAsync(SalesFiles.Many(2));

        Assert.Equal(2, first.PipelineId);
        Assert.Equal(first.PipelineId, second.PipelineId);
        Assert.Equal(7, await bench.App.ScalarAsync<long>("select count(*) from item where pipeline_id = 2"));
        Assert.Equal("P Prospecting, P Engaging, S Won, F Lost", await bench.App.ScalarAsync<string>("select string_agg(semantics::text || ' ' || name, ', ' order by sort) from stage where type_id = 2 and pipeline_id = 2"));
    }

    [Fact]
    public async Task Only_an_administrator_imports()
    {
        await using var bench = await ImportBench.StartAsync();
        await bench.ImportAsync(SalesFiles.Teams);
        var seller = await bench.App.ReadAsync(db => db.People.Where(p => !p.IsAdmin).Select(p => p.Id).FirstAsync());

        await Assert.ThrowsAsync<AccessDeniedException>(() => bench.App.SendAsync(new StartImport("sales", [new("a.csv", new MemoryStream())]), person: seller));
        await Assert.ThrowsAsync<AccessDeniedException>(() => bench.App.SendAsync(new ListImports(), person: seller));
        await Assert.ThrowsAsync<AccessDeniedException>(() => bench.App.SendAsync(new GetImport(1), person: seller));
        await Assert.ThrowsAsync<AccessDeniedException>(() => bench.App.SendAsync(new ListImportProblems(1), person: seller));
        await Assert.ThrowsAsync<AccessDeniedException>(() => bench.App.SendAsync(new CancelImport(1), person: seller));
        Assert.Empty(bench.Folders);
    }

    private static async Task<Item> CompanyAsync(ImportBench bench, string name) =>
        (await bench.App.FindItemAsync(new(ItemTypeIds.Company, await bench.App.ScalarAsync<long>($"select id from item where type_id = 4 and title = '{name}'"))))!;

    private static async Task<Item> DealAsync(ImportBench bench, string origin) =>
        (await bench.App.FindItemAsync(ItemRef.Deal(await bench.App.ScalarAsync<long>($"select id from item where type_id = 2 and data ->> 'ORIGIN_ID' = '{origin}'"))))!;

    private static Value Day(int year, int month, int day) => Value.Of(new DateOnly(year, month, day));

    private static Value At(int year, int month, int day) => Value.Of(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));
}
