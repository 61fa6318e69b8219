using AutomationCrm.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AutomationCrm.Browser.Tests.Pages;

/// <summary>Four files in, a board and a report out.</summary>
[Collection(PortalTests.Name)]
public sealed class ImportPageTests(PortalFixture portal)
{
    private const string Accounts = "account,sector,year_established,revenue,employees,office_location,subsidiary_of\nWire & Sons,technolgy,1996,1100.04,2822,Germany,\n";
    private const string Products = "product,series,sales_price\nGTX Pro,GTX,4821\n";
    private const string Teams = "sales_agent,manager,regional_office\nOlga Berg,Sam Hill,Central\n";

    private const string Pipeline =
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        + "IMP1,Olga Berg,GTXPro,Wire & Sons,Won,10/20/2016,3/1/2017,1054\n"
        + "IMP2,Olga Berg,GTX Pro,,Engaging,11/5/2016,,\n";

    [Fact]
    public async Task The_sales_preset_imports_four_files_and_reports_what_was_dirty()
    {
        await using var test = await portal.OpenAsync("/import");
        var inputs = test.Page.Locator("input[type=file]");
        var files = new[] { ("accounts.csv", Accounts), ("products.csv", Products), ("sales_teams.csv", Teams), ("sales_pipeline.csv", Pipeline) };
        await Expect(inputs).ToHaveCountAsync(files.Length);
        for (var i = 0; i < files.Length; i++)
            await inputs.Nth(i).SetInputFilesAsync(new FilePayload { Name = files[i].Item1, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(files[i].Item2) });

        await test.Page.Locator("main form[enctype] button").Last.ClickAsync();

        await Expect(test.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/import/[0-9]+"));
        await Expect(test.Page.GetByText("technolgy").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        Assert.Equal(2, await portal.ScalarAsync<long>("select count(*) from item where type_id = 2 and data->>'ORIGIN_ID' like 'IMP%'"));
        Assert.Equal(0, await portal.ScalarAsync<long>("select count(*) from run r join item i on i.type_id = r.type_id and i.id = r.item_id where i.data->>'ORIGIN_ID' like 'IMP%'"));
        await PageChecks.AxeAsync(test.Page);
    }
}
