using System.Net;
using System.Text;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class EncodingTests : IAsyncLifetime
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Tree = """{"filter":{">ID":"5","NAME":"a b+c"},"select":["ID","TITLE"],"start":"0"}""";
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("filter%5B%3EID%5D=5&filter%5BNAME%5D=a%20b%2Bc&select%5B%5D=ID&select%5B%5D=TITLE&start=0")]
    [InlineData("filter[>ID]=5&filter[NAME]=a+b%2Bc&select[0]=ID&select[1]=TITLE&start=0&")]
    [InlineData("&&filter[%3EID]=5&filter[NAME]=a%20b%2bc&select[]=ID&select%5b%5d=TITLE&start=0")]
    public async Task Query_and_form_reach_the_same_tree(string pairs)
    {
        Assert.Equal(Tree, (await _host.GetAsync(RestHost.Hook + "stub.echo?" + pairs)).Result.GetRawText());
        Assert.Equal(Tree, (await _host.PostAsync(RestHost.Hook + "stub.echo", pairs, Form)).Result.GetRawText());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/vnd.api+json")]
    public async Task Json_reaches_the_tree_under_every_name(string type)
    {
        var answer = await _host.PostAsync(RestHost.Hook + "stub.echo", """{"n":1.50,"t":"ü","b":true,"z":null,"m":{"0":"a","1":"b"},"e":{},"l":[[],{"x":1}]}""", type);

        Assert.Equal("""{"n":1.50,"t":"ü","b":true,"z":null,"m":["a","b"],"e":[],"l":[[],{"x":1}]}""", answer.Result.GetRawText());
    }

    [Fact]
    public async Task Multipart_reaches_the_tree_and_a_file_becomes_its_name_and_content()
    {
        using var body = new MultipartFormDataContent
        {
            { new StringContent("5"), "filter[>ID]" },
            { new StringContent("ü"), "select[]" },
            { new ByteArrayContent([1, 2, 3]), "fields[FILE]", "a.bin" },
        };
        var answer = await _host.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(RestHost.Hook + "stub.echo", UriKind.Relative)) { Content = body });

        Assert.Equal("""{"filter":{">ID":"5"},"select":["ü"],"fields":{"FILE":["a.bin","AQID"]}}""", answer.Result.GetRawText());
    }

    [Fact]
    public async Task A_raw_key_may_hold_an_equals_sign() =>
        Assert.Equal("""{"filter":{">=ID":"5","!=A":"b=c"}}""", (await _host.PostAsync(RestHost.Hook + "stub.echo", "filter[>=ID]=5&filter[!=A]=b=c", Form)).Result.GetRawText());

    [Fact]
    public async Task The_body_wins_over_the_query()
    {
        var answer = await _host.PostAsync(RestHost.Hook + "stub.echo?ID=1&filter[A]=1&x=2", """{"id":3,"filter":{"B":4}}""");

        Assert.Equal("""{"x":"2","id":3,"filter":{"B":4}}""", answer.Result.GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\uFEFF{}")]
    public async Task An_empty_json_body_is_no_parameters(string body) =>
        Assert.Equal("[]", (await _host.PostAsync(RestHost.Hook + "stub.echo", body)).Result.GetRawText());

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "The JSON body names 'a' twice.")]
    [InlineData("""{"a":1,"A":2}""", "The JSON body names 'A' twice.")]
    [InlineData("""{"f":{"x":1,"x":2}}""", "The JSON body names 'x' twice.")]
    [InlineData("""{"a":1""", "The JSON body is not valid (line 1, byte 7).")]
    [InlineData("""{"a":1} x""", "The JSON body is not valid (line 1, byte 9).")]
    [InlineData("7", "The JSON body must be an object.")]
    [InlineData("""{"a":"\ud800"}""", "The JSON body contains text that is not valid Unicode.")]
    [InlineData("""{"a":"\u0000"}""", "The request contains the character U+0000.")]
    [InlineData("""{"a":1e400}""", "The JSON body contains a number that is out of range.")]
    public async Task A_broken_json_body_is_refused_with_the_reason(string body, string reason)
    {
        var answer = await _host.PostAsync(RestHost.Hook + "stub.echo", body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_REQUEST", reason), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task Sizes_are_limited()
    {
        Assert.Equal((413, "REQUEST_TOO_LARGE"), await Post("stub.echo", $$"""{"a":"{{new string('x', 1024 * 1024)}}"}"""));
        Assert.Equal((400, "ERROR_ARGUMENT"), await Post("batch", $$"""{"a":"{{new string('x', 1024 * 1024)}}"}"""));
        Assert.Equal((413, "REQUEST_TOO_LARGE"), await Post("batch", $$"""{"a":"{{new string('x', 4 * 1024 * 1024)}}"}"""));
        Assert.Equal((400, "REQUEST_TOO_LARGE"), await Post("stub.echo", $$"""{"a":{{new string('[', 40)}}{{new string(']', 40)}}}"""));
        Assert.Equal((400, "REQUEST_TOO_LARGE"), await Post("stub.echo", $$"""{"a":{{new string('[', 300_000)}}"""));
        Assert.Equal((400, "REQUEST_TOO_LARGE"), await Post("stub.echo", "{\"a\":{" + string.Join(',', Enumerable.Range(0, 1001).Select(i => $"\"k{i}\":1")) + "}}"));
        Assert.Equal((400, "REQUEST_TOO_LARGE"), await Post("stub.echo", string.Join('&', Enumerable.Range(0, 1001).Select(i => $"k{i}=1")), Form));
        Assert.Equal((400, "REQUEST_TOO_LARGE"), await Post("stub.echo", "a" + string.Concat(Enumerable.Repeat("[x]", 100_000)) + "=1", Form));
        Assert.Equal((400, "REQUEST_TOO_LARGE"), await Post("stub.echo", $$"""{"a":[{{string.Join(',', Enumerable.Repeat("1", 20_001))}}]}"""));
    }

    [Fact]
    public async Task A_body_without_a_length_is_limited_too()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(RestHost.Hook + "stub.echo", UriKind.Relative))
        {
            Content = new StringContent($$"""{"a":"{{new string('x', 2_000_000)}}"}""", Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = true },
        };

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _host.SendAsync(request)).Status);
    }

    private async Task<(int Status, string Code)> Post(string method, string body, string type = "application/json")
    {
        var answer = await _host.PostAsync(RestHost.Hook + method, body, type);
        return ((int)answer.Status, answer.Error);
    }
}
