using System.Globalization;
using System.Text;

namespace AutomationCrm.Application.Tests.Import;

/// <summary>Small files of the sales preset's form, all invented.</summary>
internal static class SalesFiles
{
    public const string OpportunityHeader = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    public static readonly (string, string) Accounts = ("accounts.csv", """
        account,sector,year_established,revenue,employees,office_location,subsidiary_of
        Little Lamp,software,2001,12.5,80,Norway,Big Lantern
        Big Lantern,technolgy,1970,1100.04,2822,United States,
        "Oak, Ash & Sons",retail,1994,7.25,40,Kenya,

        """);

    public static readonly (string, string) Teams = ("sales_teams.csv", """
        sales_agent,manager,regional_office
        Mia Holm,Greta Stone,North
        Ben Okoro,Greta Stone,North
        Lea Maria Costa,Ivo Park,South

        """);

    public static readonly (string, string) Products = ("products.csv", """
        product,series,sales_price
        Lamp Pro,Lamp,480
        Lamp Basic,Lamp,55

        """);

    public static readonly (string, string) Opportunities = ("sales_pipeline.csv", OpportunityHeader + """
        A1,Mia Holm,Lamp Pro,Big Lantern,Won,10/20/2016,3/1/2017,1054
        A2,Ben Okoro,LampPro,Little Lamp,Won,1/5/2017,2/28/2017,946.50
        A3,Lea Maria Costa,Lamp Basic,"Oak, Ash & Sons",Lost,1/5/2017,4/2/2017,0
        A4,Mia Holm,Lamp Basic,,Engaging,6/30/2017,,
        A5,Mia Holm,Lamp Pro,Big Lantern,Prospecting,,,

        """);

    public static IReadOnlyList<(string, string)> All { get; } = [Opportunities, Products, Teams, Accounts];

    /// <summary>One dirty row among the four files.</summary>
    public static IReadOnlyList<(string, string)> With(string opportunity) => [Accounts, Teams, Products, ("sales_pipeline.csv", OpportunityHeader + opportunity + "\n")];

    public static (string, string) Many(int rows)
    {
        var text = new StringBuilder(OpportunityHeader);
        for (var i = 1; i <= rows; i++) text.Append(CultureInfo.InvariantCulture, $"M{i:0000},Mia Holm,Lamp Pro,Big Lantern,Won,1/2/2017,3/4/2017,{i}\n");
        return ("sales_pipeline.csv", text.ToString());
    }
}
