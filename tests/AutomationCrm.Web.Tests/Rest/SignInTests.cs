using System.Net;
using System.Net.Http.Headers;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class SignInTests : IAsyncLifetime
{
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/rest/profile")]
    [InlineData("/rest//profile/")]
    [InlineData("/rest/")]
    [InlineData("/rest")]
    public async Task Nothing_usable_in_the_request_is_401(string path)
    {
        var answer = await _host.GetAsync(path);

        Assert.Equal((HttpStatusCode.Unauthorized, "NO_AUTH_FOUND", "Wrong authorization data"), (answer.Status, answer.Error, answer.Description));
    }

    [Theory]
    [InlineData("/rest/1/wrong/profile")]
    [InlineData("/rest/2/" + StubWebhooks.Secret + "/profile")]
    [InlineData("/rest/x/" + StubWebhooks.Secret + "/profile")]
    [InlineData("/rest/99999999999999999999/secret/profile")]
    [InlineData("/rest/3/" + StubWebhooks.HeaderOnlySecret + "/profile")]
    public async Task A_wrong_user_or_secret_is_401(string path)
    {
        var answer = await _host.GetAsync(path);

        Assert.Equal((HttpStatusCode.Unauthorized, "INVALID_CREDENTIALS", "Invalid request credentials"), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task The_secret_is_accepted_in_the_header_in_the_body_and_in_the_query()
    {
        Assert.Equal("1", await UserOf(With($"1.{StubWebhooks.Secret}")));
        Assert.Equal("3", await UserOf(With($"3.{StubWebhooks.HeaderOnlySecret}")));
        Assert.Equal("1", (await _host.PostAsync("/rest//profile", $$"""{"auth":"1.{{StubWebhooks.Secret}}"}""")).Result.GetProperty("ID").GetString());
        Assert.Equal("1", (await _host.GetAsync($"/rest/profile?auth=1.{StubWebhooks.Secret}")).Result.GetProperty("ID").GetString());
        Assert.Equal("invalid_token", (await _host.GetAsync("/rest/profile?auth=abc")).Error);
        Assert.Equal("invalid_token", (await _host.SendAsync(With("1.wrong"))).Error);
    }

    [Fact]
    public async Task Methods_of_the_third_protocol_are_not_found()
    {
        var answer = await _host.GetAsync($"/rest/api/1/{StubWebhooks.Secret}/tasks.task.get");

        Assert.Equal((HttpStatusCode.NotFound, "ERROR_METHOD_NOT_FOUND"), Code(answer));
    }

    [Fact]
    public async Task The_url_form_can_be_switched_off()
    {
        await using var host = await RestHost.StartAsync(("Rest:UrlSecrets", "false"));

        Assert.Equal("INVALID_CREDENTIALS", (await host.GetAsync(RestHost.Hook + "profile")).Error);
        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(With($"1.{StubWebhooks.Secret}"))).Status);
    }

    [Fact]
    public async Task A_missing_scope_and_a_missing_right_are_403()
    {
        var member = $"/rest/2/{StubWebhooks.MemberSecret}/";

        Assert.Equal((HttpStatusCode.Forbidden, "insufficient_scope"), Code(await _host.GetAsync(member + "crm.deal.list")));
        Assert.Equal((HttpStatusCode.Forbidden, "insufficient_scope"), Code(await _host.GetAsync(member + "automation.stub.set")));
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync(member + "profile")).Status);
    }

    [Fact]
    public async Task Twenty_failures_in_a_minute_lock_the_address_for_the_rest_of_it()
    {
        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await _host.GetAsync("/rest/1/wrong/profile")).Status);

        Assert.Equal((HttpStatusCode.TooManyRequests, "TOO_MANY_FAILURES"), Code(await _host.GetAsync("/rest/1/wrong/profile")));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _host.GetAsync(RestHost.Hook + "profile")).Status);
        _host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync(RestHost.Hook + "profile")).Status);
    }

    [Fact]
    public async Task No_secret_reaches_a_log_even_at_the_lowest_level()
    {
        const string Secret = StubWebhooks.Secret;
        await _host.GetAsync(RestHost.Hook + "profile");
        await _host.GetAsync($"//REST//1//{Secret}//stub.crash/");
        await _host.GetAsync($"/%72est/1/{Secret}/profile.xml");
        await _host.GetAsync($"/rest/api/1/{Secret}/tasks.task.get");
        await _host.GetAsync($"/rest/9/{Secret}");
        await _host.GetAsync($"/rest/9/{Secret}/a/b/c");
        await _host.GetAsync($"/rest/profile?a=1&auth=1.{Secret}&b=2");
        await _host.GetAsync($"/rest/profile?%61uth=1.{Secret}");
        await _host.SendAsync(With($"1.{Secret}"));
        await _host.PostAsync("/rest/stub.crash", $$"""{"auth":"1.{{Secret}}"}""");

        Assert.Contains("/rest/1/***/profile", _host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, _host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_breaks_down_answers_with_an_envelope()
    {
        var answer = await _host.GetAsync("/rest/4/secret/profile");

        Assert.Equal((HttpStatusCode.InternalServerError, "INTERNAL_SERVER_ERROR"), Code(answer));
        Assert.DoesNotContain("database", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_never_tell_what_went_wrong_inside()
    {
        var answer = await _host.GetAsync(RestHost.Hook + "stub.crash");

        Assert.DoesNotContain("inner secret", answer.Body, StringComparison.Ordinal);
        Assert.Contains("inner secret", _host.Log.Text, StringComparison.Ordinal);
    }

    private static HttpRequestMessage With(string token) => new(HttpMethod.Get, new Uri("/rest/profile", UriKind.Relative)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static (HttpStatusCode Status, string Code) Code(Answer answer) => (answer.Status, answer.Error);

    private async Task<string?> UserOf(HttpRequestMessage request) => (await _host.SendAsync(request)).Result.GetProperty("ID").GetString();
}
