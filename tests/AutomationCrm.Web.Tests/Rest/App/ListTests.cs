using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Pages and filters over 120 deals of the real database.</summary>
public sealed class ListTests(ListTests.Deals deals) : IClassFixture<ListTests.Deals>
{
    public static TheoryData<string, int> Filters => new()
    {
        { """{"TITLE":"Deal 7"}""", 1 },
        { """{"=TITLE":"Deal 7"}""", 1 },
        { """{"TITLE":["Deal 7","Deal 8"]}""", 2 },
        { """{"!TITLE":"Deal 7"}""", 119 },
        { """{"!=TITLE":"Deal 7"}""", 119 },
        { """{"<>TITLE":"Deal 7"}""", 119 },
        { """{"!TITLE":["Deal 7","Deal 8"]}""", 118 },
        { """{">OPPORTUNITY":11900}""", 1 },
        { """{">=OPPORTUNITY":"11900"}""", 2 },
        { """{"<OPPORTUNITY":200}""", 1 },
        { """{"<=OPPORTUNITY":200}""", 2 },
        { """{"@ID":[1,2,3,999]}""", 3 },
        { """{"!@ID":[1,2,3,999]}""", 117 },
        { """{"@ID":[]}""", 0 },
        { """{"%TITLE":"eal 11"}""", 11 },
        { """{"!%TITLE":"eal 11"}""", 109 },
        { """{"=%TITLE":"Deal 1_"}""", 0 },
        { """{"=%TITLE":"Deal 12%"}""", 2 },
        { """{"%=TITLE":"%eal 9%"}""", 11 },
        { """{"!=%TITLE":"Deal 1%"}""", 88 },
        { """{"!%=TITLE":"Deal 1%"}""", 88 },
        { """{"COMMENTS":""}""", 60 },
        { """{"!COMMENTS":""}""", 60 },
        { """{"COMMENTS":null}""", 60 },
        { """{"=COMMENTS":"null"}""", 60 },
        { """{"!COMMENTS":false}""", 60 },
        { """{"STAGE_ID":"PREPARATION","<ID":11}""", 5 },
        { """{"CLOSED":"N"}""", 120 },
        { """{">=BEGINDATE":"2026-01-05","<BEGINDATE":"2026-01-07"}""", 2 },
        { """{">ID":118}""", 2 },
        { """{">ID":""}""", 0 },
        { """{"UNKNOWN":"x"}""", 120 },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_what_it_says(string filter, int expected)
    {
        var answer = await deals.Host.CallAsync("crm.deal.list", "{\"filter\":" + filter + "}");

        Assert.Equal(expected, answer.Json.GetProperty("total").GetInt32());
        Assert.Equal(Math.Min(50, expected), answer.Result.GetArrayLength());
    }

    [Theory]
    [InlineData("""{"0":{"logic":"OR","0":{"title":"Deal 1"},"1":{"title":"Deal 2"}},">id":1}""", 1)]
    [InlineData("""{"logic":"OR","title":"Deal 1","0":{">id":100,"<id":103}}""", 3)]
    [InlineData("""{"STAGE_ID":"NEW","<ID":11}""", 5)]
    public async Task Item_lists_join_conditions_by_logic(string filter, int expected)
    {
        var answer = await deals.Host.CallAsync("crm.item.list", "{\"entityTypeId\":2,\"filter\":" + filter + "}");

        Assert.Equal(expected, answer.Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Pages_have_fifty_rows_and_say_where_the_next_begins()
    {
        var seen = new List<string>();
        int? start = 0;
        for (var page = 0; start is { } at; page++)
        {
            var answer = await deals.Host.CallAsync("crm.deal.list", $"{{\"start\":{at},\"order\":{{\"ID\":\"ASC\"}}}}");
            Assert.Equal(120, answer.Json.GetProperty("total").GetInt32());
            seen.AddRange(Ids(answer.Result, "ID"));
            start = answer.Json.TryGetProperty("next", out var next) ? next.GetInt32() : null;
            Assert.Equal(page switch { 0 => 50, 1 => 100, _ => (int?)null }, start);
        }

        Assert.Equal(Enumerable.Range(1, 120).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task Without_counting_there_is_neither_a_total_nor_a_next_page()
    {
        var answer = await deals.Host.CallAsync("crm.deal.list", """{"start":-1,"order":{"ID":"ASC"},"filter":{">ID":50}}""");

        Assert.Equal((50, 0, false), (answer.Result.GetArrayLength(), answer.Json.GetProperty("total").GetInt32(), answer.Json.TryGetProperty("next", out _)));
    }

    [Fact]
    public async Task Going_on_behind_the_last_id_reaches_every_row_once()
    {
        var (last, seen) = (0L, new List<long>());
        while (true)
        {
            var answer = await deals.Host.CallAsync("crm.item.list", $"{{\"entityTypeId\":2,\"start\":-1,\"order\":{{\"ID\":\"ASC\"}},\"filter\":{{\">ID\":{last}}},\"select\":[\"id\"]}}");
            var ids = answer.Result.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()).ToList();
            seen.AddRange(ids);
            if (ids.Count < 50) break;
            last = ids[^1];
        }

        Assert.Equal(Enumerable.Range(1, 120).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task Rows_are_ordered_by_value_and_then_by_id()
    {
        var answer = await deals.Host.CallAsync("crm.deal.list", """{"order":{"STAGE_ID":"DESC","OPPORTUNITY":"ASC"},"select":["STAGE_ID"]}""");

        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"{i * 2}"), Ids(answer.Result, "ID"));
        Assert.Equal(["ID", "STAGE_ID"], answer.Result[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task A_batch_goes_through_real_lists_by_reference()
    {
        var body = """{"cmd":{"first":"crm.deal.list?start=-1&order[ID]=ASC&select[]=ID","second":"crm.deal.list?start=-1&order[ID]=ASC&filter[>ID]=$result[first][49][ID]","one":"crm.deal.get?id=$result[second][0][ID]","none":"crm.deal.list?filter[>ID]=$result[nothing][0]","bad":"crm.deal.get?id=999"}}""";
        var result = await deals.Host.ResultAsync("batch", body);

        Assert.Equal("100", result.GetProperty("result").GetProperty("second")[49].GetProperty("ID").GetString());
        Assert.Equal("Deal 51", result.GetProperty("result").GetProperty("one").GetProperty("TITLE").GetString());
        Assert.Equal(0, result.GetProperty("result").GetProperty("none").GetArrayLength());
        Assert.Equal("Not found", result.GetProperty("result_error").GetProperty("bad").GetProperty("error_description").GetString());
        Assert.False(result.GetProperty("result").TryGetProperty("bad", out _));
    }

    private static IEnumerable<string> Ids(JsonElement rows, string name) => rows.EnumerateArray().Select(r => r.GetProperty(name).GetString()!);

    /// <summary>Deals 1 to 120: every other one in preparation and with a comment.</summary>
    public sealed class Deals : IAsyncLifetime
    {
        internal AppRestHost Host { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await AppRestHost.StartAsync();
            for (var batch = 0; batch < 3; batch++)
            {
                var commands = Enumerable.Range((batch * 40) + 1, 40).Select(i =>
                    $"crm.deal.add?fields[TITLE]=Deal {i}&fields[OPPORTUNITY]={i * 100}&fields[BEGINDATE]={new DateOnly(2026, 1, 4).AddDays(i):yyyy-MM-dd}" + (i % 2 == 0 ? "&fields[STAGE_ID]=PREPARATION&fields[COMMENTS]=seen" : ""));
                var result = await Host.ResultAsync("batch", JsonSerializer.Serialize(new { cmd = commands }));
                Assert.Empty(result.GetProperty("result_error").EnumerateArray());
            }
        }

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
