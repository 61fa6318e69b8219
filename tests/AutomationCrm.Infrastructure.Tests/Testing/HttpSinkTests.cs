using System.Net;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Testing;

public sealed class HttpSinkTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private HttpSink _sink = null!;

    public async Task InitializeAsync()
    {
        _sink = await HttpSink.StartAsync();
        _client.BaseAddress = _sink.Address;
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Records_what_came_and_answers_200()
    {
        using var body = new StringContent("сделка");
        body.Headers.Add("X-Test", "1");

        using var answer = await _client.PostAsync(new Uri("/hook%2Fx?a=%20b", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var request = Assert.Single(await _sink.WaitForAsync(1));
        Assert.Equal(("POST", "/hook%2Fx?a=%20b", "сделка", "1"), (request.Method, request.Target, request.Text, request.Headers["x-test"]));
    }

    [Fact]
    public async Task Answers_as_told_once_and_then_as_told_for_all()
    {
        _sink.AnswerOnce(new SinkAnswer(503, "busy") { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } }, new SinkAnswer { Abort = true });
        _sink.Answer(request => new SinkAnswer(201, request.Text));

        using var busy = await _client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 7.0), (busy.StatusCode, busy.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(new Uri("/", UriKind.Relative)));
        using var body = new StringContent("echo");
        using var echo = await _client.PutAsync(new Uri("/", UriKind.Relative), body);
        Assert.Equal((HttpStatusCode.Created, "echo"), (echo.StatusCode, await echo.Content.ReadAsStringAsync()));
    }
}
