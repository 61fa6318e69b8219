using System.Net;
using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

/// <summary>The bytes real clients send, recorded from them, and what they look for in the answer.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private const string JsQuery = "?bx24_request_id=0349539a-a856-755b-8bd5-adfd79441929&bx24_sdk_ver=2.2.0&bx24_sdk_type=b24-js-sdk";
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_js_client_walks_item_lists_by_id_without_counting()
    {
        long last = 0;
        var seen = 0;
        for (var rows = 50; rows == 50;)
        {
            var answer = await _host.PostAsync(RestHost.Hook + "crm.item.list" + JsQuery, $$"""{"entityTypeId":2,"filter":{"stageId":"NEW",">id":{{last}}},"order":{"id":"ASC"},"start":-1}""");
            var items = Assert.Single(answer.Result.EnumerateObject()).Value.EnumerateArray().ToArray();
            Assert.False(answer.Json.TryGetProperty("next", out _));
            Assert.Equal(0, answer.Json.GetProperty("total").GetInt32());
            (rows, seen, last) = (items.Length, seen + items.Length, items[^1].GetProperty("id").GetInt64());
        }

        Assert.Equal(120, seen);
    }

    [Fact]
    public async Task The_js_client_batches_by_name_with_encoded_references()
    {
        var answer = await _host.PostAsync(
            "/rest//batch" + JsQuery,
            $$"""{"halt":1,"cmd":{"a":"crm.deal.get?id=1","b":"crm.deal.list?filter%5BID%5D=%24result%5Ba%5D%5BID%5D&filter%5B%3E%3DOPPORTUNITY%5D=5&select%5B0%5D=ID&select%5B1%5D=TITLE&order%5BID%5D=ASC"},"auth":"1.{{StubWebhooks.Secret}}"}""");

        Assert.Equal("""[{"ID":"1","TITLE":"Deal 1"}]""", answer.Result.GetProperty("result").GetProperty("b").GetRawText());
        Assert.Equal(1, answer.Result.GetProperty("result_total").GetProperty("b").GetInt32());
    }

    [Fact]
    public async Task The_js_client_follows_next_until_it_is_gone()
    {
        var starts = new List<int>();
        for (int? start = 0; start is { } at;)
        {
            var json = (await _host.PostAsync(RestHost.Hook + "crm.deal.list" + JsQuery, $$"""{"select":["ID"],"start":{{at}}}""")).Json;
            Assert.Equal(120, json.GetProperty("total").GetInt32());
            starts.Add(at);
            start = json.TryGetProperty("next", out var next) ? next.GetInt32() : null;
        }

        Assert.Equal([0, 50, 100], starts);
    }

    [Fact]
    public async Task The_get_only_client_pages_with_a_doubly_encoded_batch()
    {
        var first = await _host.GetAsync(RestHost.Hook + "crm.deal.list?select%5B0%5D=TITLE&select%5B1%5D=ID&filter%5B%3EID%5D=10&start=0");
        var rest = await _host.GetAsync(RestHost.Hook + "batch?cmd%5B0%5D=crm.deal.list%3Fselect%255B0%255D%3DTITLE%26select%255B1%255D%3DID%26filter%255B%253EID%255D%3D10%26start%3D0&cmd%5B1%5D=crm.deal.list%3Fselect%255B0%255D%3DTITLE%26filter%255B%253EID%255D%3D10%26start%3D50&cmd%5B2%5D=crm.deal.list%3Fselect%255B0%255D%3D%252A%26filter%255B%253EID%255D%3D10%26start%3D100");

        Assert.Equal(110, first.Json.GetProperty("total").GetInt32());
        Assert.Equal([50, 50, 10], rest.Result.GetProperty("result").EnumerateArray().Select(r => r.GetArrayLength()));
        Assert.Equal("[50,100]", rest.Result.GetProperty("result_next").GetRawText());
    }

    [Fact]
    public async Task The_get_only_client_writes_encoded_text()
    {
        var id = (await _host.GetAsync(RestHost.Hook + "crm.deal.add?fields%5BTITLE%5D=%D0%9D%D0%BE%D0%B2%D0%B0%D1%8F+%26+%5Bx%5D%3D1")).Result.GetInt64();

        Assert.Equal("Новая & [x]=1", (await _host.GetAsync(RestHost.Hook + $"crm.deal.get?id={id}")).Result.GetProperty("TITLE").GetString());
    }

    [Fact]
    public async Task The_php_client_calls_with_a_trailing_slash_and_is_never_redirected()
    {
        var answer = await _host.PostAsync(RestHost.Hook + "/crm.item.list/?bx24_request_id=1", """{"entityTypeId":"2","order":{"ID":"ASC"},"filter":{">ID":"100"},"select":["ID"],"start":0}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(20, answer.Result.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_php_client_chains_pages_by_the_last_row_of_the_one_before()
    {
        var answer = await _host.PostAsync(RestHost.Hook + "batch/?bx24_request_id=1", """
            {"halt":false,"cmd":{"cmd_0":"crm.deal.list?order%5BID%5D=ASC&filter%5B%3EID%5D=0&select%5B0%5D=ID&start=-1",
            "cmd_1":"crm.deal.list?order%5BID%5D=ASC&filter%5B%3EID%5D=%24result%5Bcmd_0%5D%5B49%5D%5BID%5D&select%5B0%5D=ID&start=-1",
            "cmd_2":"crm.deal.list?order%5BID%5D=ASC&filter%5B%3EID%5D=%24result%5Bcmd_1%5D%5B49%5D%5BID%5D&select%5B0%5D=ID&start=-1",
            "cmd_3":"crm.deal.list?order%5BID%5D=ASC&filter%5B%3EID%5D=%24result%5Bcmd_2%5D%5B49%5D%5BID%5D&select%5B0%5D=ID&start=-1"}}
            """);

        var pages = answer.Result.GetProperty("result").EnumerateObject().Select(p => p.Value.EnumerateArray().Select(r => r.GetProperty("ID").GetString()).ToArray()).ToArray();
        Assert.Equal([50, 50, 20, 0], pages.Select(p => p.Length));
        Assert.Equal(120, pages.SelectMany(p => p).Distinct().Count());
    }

    [Fact]
    public async Task The_php_client_deletes_in_batches_with_the_id_in_capitals()
    {
        var result = (await _host.PostAsync(RestHost.Hook + "batch", """{"cmd":["crm.deal.delete?ID=1","crm.item.delete?entityTypeId=2&ID=2"]}""")).Result.GetProperty("result");

        Assert.Equal("[true,[]]", result.GetRawText());
        Assert.Equal(118, _host.Rows.Count);
    }

    [Fact]
    public async Task The_python_client_sends_stringified_values_order_keys_and_padded_names()
    {
        var answer = await _host.PostAsync(RestHost.Hook + "batch", """{"halt":"0","cmd":{"order0000000000":"crm.deal.get?ID=3&__order=order0000000000&","35":"crm.deal.list?filter[<>ID]=1&select[0]=ID&start=None&"}}""");

        Assert.Equal("3", answer.Result.GetProperty("result").GetProperty("order0000000000").GetProperty("ID").GetString());
        Assert.Equal(119, answer.Result.GetProperty("result_total").GetProperty("35").GetInt32());
    }

    [Fact]
    public async Task The_js_helper_starts_with_a_halting_batch_of_known_keys()
    {
        var answer = await _host.PostAsync(RestHost.Hook + "batch" + JsQuery, """{"halt":1,"cmd":{"get_profile":"profile?","time":"server.time"}}""");

        Assert.Equal(JsonValueKind.True, answer.Result.GetProperty("result").GetProperty("get_profile").GetProperty("ADMIN").ValueKind);
        Assert.Equal("2026-01-05T12:00:00+03:00", answer.Result.GetProperty("result").GetProperty("time").GetString());
    }
}
