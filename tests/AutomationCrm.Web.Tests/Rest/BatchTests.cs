using System.Net;
using System.Text;
using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class BatchTests : IAsyncLifetime
{
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Results_are_keyed_like_the_commands()
    {
        var result = await Batch("""{"halt":0,"cmd":{"a":"crm.deal.get?ID=1","35":"crm.deal.list?select[]=ID&filter[<ID]=3&"}}""");

        Assert.Equal("1", result.GetProperty("result").GetProperty("a").GetProperty("ID").GetString());
        Assert.Equal("""[{"ID":"1"},{"ID":"2"}]""", result.GetProperty("result").GetProperty("35").GetRawText());
        Assert.Equal("""{"35":2}""", result.GetProperty("result_total").GetRawText());
        Assert.Equal("[]", result.GetProperty("result_next").GetRawText());
        Assert.Equal("[]", result.GetProperty("result_error").GetRawText());
        Assert.Equal(8, result.GetProperty("result_time").GetProperty("a").EnumerateObject().Count());
    }

    [Fact]
    public async Task An_array_batch_answers_arrays_and_keeps_the_indexes_around_a_failure()
    {
        var good = await Batch("""{"cmd":["crm.item.get?entityTypeId=2&id=1","stub.nothing"]}""");
        var bad = await Batch("""{"cmd":["stub.nothing","crm.item.get?entityTypeId=2&id=999","stub.nothing?"]}""");

        Assert.Equal(JsonValueKind.Array, good.GetProperty("result").ValueKind);
        Assert.Equal(JsonValueKind.Null, good.GetProperty("result")[1].ValueKind);
        Assert.Equal("""{"0":null,"2":null}""", bad.GetProperty("result").GetRawText());
        Assert.Equal("""{"1":{"error":"NOT_FOUND","error_description":"Item not found"}}""", bad.GetProperty("result_error").GetRawText());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("\"1\"")]
    [InlineData("\"Y\"")]
    public async Task Halt_stops_after_the_first_failure(string halt)
    {
        var result = await Batch($$$"""{"halt":{{{halt}}},"cmd":{"a":"stub.nothing","b":"no.such","c":"stub.nothing","d":"no.such"}}""");

        Assert.Equal("""{"a":null}""", result.GetProperty("result").GetRawText());
        Assert.Equal("""{"b":{"error":"ERROR_METHOD_NOT_FOUND","error_description":"Method not found!"}}""", result.GetProperty("result_error").GetRawText());
    }

    [Theory]
    [InlineData("crm.deal.get?id=$result[list][1][ID]", """{"id":"12"}""")]
    [InlineData("stub.echo?id=%24result%5Blist%5D%5B1%5D%5BID%5D", """{"id":"12"}""")]
    [InlineData("stub.echo?x=n$result[list][0][ID]-$result[list][1][ID]", """{"x":"n11-12"}""")]
    [InlineData("stub.echo?x=$result[list][70][ID]", """{"x":""}""")]
    [InlineData("stub.echo?x=$result[none]", """{"x":""}""")]
    [InlineData("stub.echo?filter[a][]=$result[list][0]", """{"filter":{"a":[{"ID":"11"}]}}""")]
    [InlineData("stub.echo?x=$result[item][items][0][id]", """{"x":11}""")]
    public async Task A_value_may_refer_to_an_earlier_result(string command, string parameters)
    {
        var body = JsonSerializer.Serialize(new { cmd = new { list = "crm.deal.list?select[]=ID&filter[>ID]=10", item = "crm.item.list?entityTypeId=2&filter[>id]=10", then = command.Replace("crm.deal.get", "stub.echo", StringComparison.Ordinal) } });

        Assert.Equal(parameters, (await Batch(body)).GetProperty("result").GetProperty("then").GetRawText());
    }

    [Fact]
    public async Task References_cannot_make_a_request_grow_without_bound()
    {
        var lists = string.Join('&', Enumerable.Range(0, 400).Select(i => $"a[{i}]=$result[l]"));
        var result = await Batch(JsonSerializer.Serialize(new { cmd = new { l = "crm.deal.list?select[]=ID", x = "stub.echo?" + lists } }));

        Assert.Equal("REQUEST_TOO_LARGE", result.GetProperty("result_error").GetProperty("x").GetProperty("error").GetString());
    }

    [Fact]
    public async Task Fifty_commands_run_and_one_more_is_refused()
    {
        Assert.Equal(50, (await Batch(Commands(50))).GetProperty("result").GetArrayLength());
        var answer = await _host.PostAsync(RestHost.Hook + "batch", Commands(51));

        Assert.Equal((HttpStatusCode.BadRequest, "ERROR_BATCH_LENGTH_EXCEEDED"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_batch_in_a_batch_is_refused()
    {
        var result = await Batch("""{"cmd":{"a":"batch?cmd[0]=profile","b":"profile"}}""");

        Assert.Equal("ERROR_BATCH_METHOD_NOT_ALLOWED", result.GetProperty("result_error").GetProperty("a").GetProperty("error").GetString());
        Assert.True(result.GetProperty("result").TryGetProperty("b", out _));
    }

    [Fact]
    public async Task Each_command_is_authorised_on_its_own()
    {
        var answer = await _host.PostAsync($"/rest/2/{StubWebhooks.MemberSecret}/batch", """{"cmd":{"a":"crm.deal.list","b":"profile","c":"automation.stub.set"}}""");

        Assert.Equal(["b"], answer.Result.GetProperty("result").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["a", "c"], answer.Result.GetProperty("result_error").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task What_is_left_when_the_time_is_over_fails_with_a_time_limit()
    {
        await using var host = await RestHost.StartAsync(("Rest:BatchTime", "00:00:00.100"));
        var result = (await host.PostAsync(RestHost.Hook + "batch", """{"cmd":{"a":"profile","b":"stub.hang","c":"profile"}}""")).Result;

        Assert.Equal(["a"], result.GetProperty("result").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["b", "c"], result.GetProperty("result_error").EnumerateObject().Select(p => p.Name));
        Assert.Equal("OPERATION_TIME_LIMIT", result.GetProperty("result_error").GetProperty("c").GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_repeated_batch_gives_its_commands_the_same_ids()
    {
        var id = Guid.CreateVersion7().ToString();
        var first = await BatchWith(id);
        var second = await BatchWith(id);

        Assert.Equal(first, second);
        Assert.NotEqual(await BatchWith(Guid.CreateVersion7().ToString()), second);
        Assert.Equal(2, JsonDocument.Parse(first).RootElement.EnumerateArray().Select(e => e.GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("cmd%5B0%5D=crm.deal.get%3FID%3D1&cmd%5B1%5D=crm.deal.get%3FID%3D2")]
    [InlineData("cmd[]=crm.deal.get%3FID%3D1&cmd[]=crm.deal.get%3FID%3D2&halt=0")]
    [InlineData("CMD[0]=crm.deal.get?ID%3D1&CMD[1]=crm.deal.get?ID%3D2")]
    public async Task A_batch_may_come_by_get(string query) =>
        Assert.Equal(2, (await _host.GetAsync(RestHost.Hook + "batch?" + query)).Result.GetProperty("result").GetArrayLength());

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"cmd":"profile"}""")]
    public async Task A_batch_without_commands_is_refused(string body)
    {
        var answer = await _host.PostAsync(RestHost.Hook + "batch", body);

        Assert.Equal((HttpStatusCode.BadRequest, "cmd"), (answer.Status, answer.Json.GetProperty("argument").GetString()));
    }

    [Theory]
    [InlineData("""{"cmd":[null,1,{"a":1},"","?","&"]}""", 6)]
    [InlineData("""{"cmd":["stub.echo?a[[[=1&]]=2&%zz=%&=&a[b"]}""", 0)]
    public async Task Commands_that_make_no_sense_fail_alone(string body, int failures) =>
        Assert.Equal(failures, (await Batch(body)).GetProperty("result_error").EnumerateArray().Count());

    private static string Commands(int count) => JsonSerializer.Serialize(new { cmd = Enumerable.Repeat("stub.nothing", count) });

    private async Task<JsonElement> Batch(string body)
    {
        var answer = await _host.PostAsync(RestHost.Hook + "batch", body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Json.TryGetProperty("time", out _));
        return answer.Result;
    }

    private async Task<string> BatchWith(string commandId)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(RestHost.Hook + "batch", UriKind.Relative)) { Content = new StringContent("""{"cmd":["stub.command","stub.command"]}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Command-Id", commandId);
        return (await _host.SendAsync(request)).Result.GetProperty("result").GetRawText();
    }
}
