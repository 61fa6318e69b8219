using System.Net;
using System.Text;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class ProtocolTests : IAsyncLifetime
{
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("profile")]
    [InlineData("profile/")]
    [InlineData("/profile")]
    [InlineData("/profile/")]
    [InlineData("profile.json")]
    [InlineData("profile.json/")]
    [InlineData("PROFILE")]
    [InlineData("Profile.JSON")]
    [InlineData("profile?")]
    [InlineData("profile/?bx24_request_id=1&bx24_sdk_ver=2.2.0&bx24_sdk_type=b24-js-sdk&")]
    public async Task A_method_answers_under_every_form_of_its_address(string form)
    {
        var answer = await _host.GetAsync(RestHost.Hook + form);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("1", answer.Result.GetProperty("ID").GetString());
        Assert.Equal("application/json; charset=utf-8", answer.Type);
    }

    [Fact]
    public async Task Xml_is_written_for_the_suffix_xml()
    {
        var answer = await _host.GetAsync(RestHost.Hook + "crm.deal.list.xml?filter[ID]=1&select[]=TITLE");

        Assert.Equal("application/xml; charset=utf-8", answer.Type);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><response><result><item><ID>1</ID><TITLE>Deal 1</TITLE></item></result><total>1</total><time>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_success_envelope_has_the_time_clients_need()
    {
        var time = (await _host.GetAsync(RestHost.Hook + "stub.nothing")).Json;

        Assert.Equal(System.Text.Json.JsonValueKind.Null, time.GetProperty("result").ValueKind);
        time = time.GetProperty("time");
        Assert.Equal(["start", "finish", "duration", "processing", "date_start", "date_finish", "operating_reset_at", "operating"], time.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2026-01-05T12:00:00+03:00", time.GetProperty("date_start").GetString());
        Assert.InRange(time.GetProperty("operating").GetDouble(), 0, 1);
        Assert.True(time.GetProperty("operating_reset_at").GetInt64() > _host.Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Operating_seconds_are_forgotten_after_ten_minutes()
    {
        await _host.GetAsync(RestHost.Hook + "crm.deal.list");
        var before = (await _host.GetAsync(RestHost.Hook + "crm.deal.list")).Json.GetProperty("time");
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        var after = (await _host.GetAsync(RestHost.Hook + "crm.deal.list")).Json.GetProperty("time");

        Assert.True(before.GetProperty("operating").GetDouble() > before.GetProperty("duration").GetDouble());
        Assert.Equal(after.GetProperty("duration").GetDouble(), after.GetProperty("operating").GetDouble(), 5);
    }

    [Theory]
    [InlineData("crm.deal.nosuch", 404, "ERROR_METHOD_NOT_FOUND", "Method not found!")]
    [InlineData("", 404, "ERROR_METHOD_NOT_FOUND", "Method not found!")]
    [InlineData("profile%0Aforged", 404, "ERROR_METHOD_NOT_FOUND", "Method not found!")]
    [InlineData("api/tasks.task.get", 404, "ERROR_METHOD_NOT_FOUND", "Method not found!")]
    [InlineData("crm.deal.get?id=999", 400, "", "Not found")]
    [InlineData("crm.deal.get", 400, "", "ID is not defined or invalid.")]
    [InlineData("crm.deal.get?id=abc", 400, "", "ID is not defined or invalid.")]
    [InlineData("crm.deal.get?id[]=1", 400, "", "ID is not defined or invalid.")]
    [InlineData("crm.deal.add?fields=1", 400, "", "Parameter 'fields' must be array.")]
    [InlineData("crm.deal.list?filter=1", 400, "", "Parameter 'filter' must be array.")]
    [InlineData("crm.deal.add?fields[OPPORTUNITY]=much", 400, "", "Invalid value for field \"OPPORTUNITY\"")]
    [InlineData("crm.item.get?entityTypeId=2&id=999", 400, "NOT_FOUND", "Item not found")]
    [InlineData("crm.item.add?entityTypeId=2", 400, "100", "Could not find value for parameter {fields}")]
    [InlineData("crm.item.add?entityTypeId=2&fields=x", 400, "100", "Invalid value {x} to match with parameter {fields}. Should be value of type array.")]
    [InlineData("crm.item.add?entityTypeId=2&fields[opportunity]=much", 400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "Invalid value for field \"opportunity\"")]
    [InlineData("crm.item.list?entityTypeId=2&filter[nosuch]=1", 400, "INVALID_ARG_VALUE", "Invalid filter: field 'nosuch' is not allowed in filter")]
    [InlineData("crm.item.list?entityTypeId=2&order[nosuch]=ASC", 400, "INVALID_ARG_VALUE", "Invalid order: field 'nosuch' is not allowed in order")]
    [InlineData("crm.deal.list?start=abc", 400, "INVALID_ARG_VALUE", "Parameter 'start' must be a whole number.")]
    [InlineData("automation.stub.set?stageId=NEW&robots[0][type]=a&nosuch=1", 400, "INVALID_ARG_VALUE", "Unknown parameter 'nosuch'.")]
    [InlineData("automation.stub.set?stageId=NEW&robots[0][typ]=a", 400, "INVALID_ARG_VALUE", "Unknown parameter 'robots[0][typ]'.")]
    [InlineData("automation.stub.set?stageId=NEW&robots[0][enabled]=Y", 400, "INVALID_ARG_VALUE", "Parameter 'robots[0][type]' is required.")]
    [InlineData("automation.stub.set?stageId=NEW&robots=a", 400, "INVALID_ARG_VALUE", "Parameter 'robots' must be a list.")]
    [InlineData("stub.crash", 500, "INTERNAL_SERVER_ERROR", "Internal server error")]
    public async Task An_error_has_the_status_code_and_text_of_its_family(string call, int status, string code, string description)
    {
        var answer = await _host.GetAsync(RestHost.Hook + call);

        Assert.Equal((status, code, description), ((int)answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task Empty_codes_can_be_replaced_by_a_setting()
    {
        await using var host = await RestHost.StartAsync(("Rest:EmptyErrorCodes", "false"));

        Assert.Equal("ERROR_CORE", (await host.GetAsync(RestHost.Hook + "crm.deal.get?id=999")).Error);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_verbs_than_get_and_post_are_refused_with_an_envelope(string verb)
    {
        var answer = await _host.SendAsync(new HttpRequestMessage(new HttpMethod(verb), new Uri(RestHost.Hook + "profile", UriKind.Relative)));

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "INVALID_REQUEST"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Answers_are_neither_cached_nor_passed_on_as_a_referrer()
    {
        var answer = await _host.GetAsync(RestHost.Hook + "profile");

        Assert.Contains("Cache-Control: no-store", answer.Headers, StringComparison.Ordinal);
        Assert.Contains("Referrer-Policy: no-referrer", answer.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_id_reaches_the_method_and_a_broken_one_is_refused()
    {
        var id = Guid.CreateVersion7();
        Task<Answer> With(string header) => _host.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(RestHost.Hook + "stub.command", UriKind.Relative))
        {
            Headers = { { "X-Command-Id", header } },
            Content = new StringContent("", Encoding.UTF8, "application/json"),
        });

        Assert.Equal(id.ToString(), (await With(id.ToString())).Result.GetString());
        Assert.Equal("The header X-Command-Id must be a UUID.", (await With("seven")).Description);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_ended_with_an_error()
    {
        await using var host = await RestHost.StartAsync(("Rest:CallTime", "00:00:00.050"));

        var answer = await host.GetAsync(RestHost.Hook + "stub.hang");

        Assert.Equal((HttpStatusCode.TooManyRequests, "OPERATION_TIME_LIMIT"), (answer.Status, answer.Error));
    }
}
