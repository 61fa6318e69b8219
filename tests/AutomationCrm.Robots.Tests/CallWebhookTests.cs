using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

public class CallWebhookTests
{
    private const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

    [Fact]
    public async Task A_call_is_signed_and_its_answer_is_kept()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.Answer(_ => new(200, "{\"ok\":true}", "application/json"));
        var robotRun = await app.RunAsync("call_webhook", new { method = "POST", url = sink.Address + "hook?deal={=Document:ID}", headers = new Dictionary<string, string> { ["X-Title"] = "{=Document:TITLE}" }, body = "{\"title\":\"{=Document:TITLE}\"}", sign = true });

        var call = Assert.Single(sink.Requests);
        Assert.Equal(("POST", "/hook?deal=1", "{\"title\":\"Chairs\"}", "Chairs"), (call.Method, call.Target, call.Text, call.Headers["X-Title"]));
        Assert.Equal(robotRun.EffectKey!.Value.ToString("D"), call.Headers["webhook-id"]);
        var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(call.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        Assert.InRange(age, 0, 60);
        var signed = Encoding.UTF8.GetBytes($"{call.Headers["webhook-id"]}.{call.Headers["webhook-timestamp"]}.{call.Text}");
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret), signed)), call.Headers["webhook-signature"]);
        Assert.Equal((RobotRunState.Done, """{"Body": "{\"ok\":true}", "Status": 200}"""), (robotRun.State, robotRun.Results));
        var attempt = await app.ReadAsync(db => db.DeliveryAttempts.SingleAsync());
        Assert.Equal((200, "{\"ok\":true}", (string?)null), (attempt.Status!.Value, attempt.Response, attempt.Error));
    }

    [Fact]
    public async Task A_call_names_its_chain_so_that_our_own_door_can_count_on()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        await app.RunAsync("call_webhook", new { method = "GET", url = sink.Address });

        var cause = ChainHeader.Read(Assert.Single(sink.Requests).Headers[ChainHeader.Name]);
        Assert.Equal((await app.ScalarAsync<Guid>("select chain_id from run"), 1, 1), (cause!.ChainId, cause.Depth, cause.Count));
        Assert.False(sink.Requests[0].Headers.ContainsKey("webhook-signature"));
    }

    [Fact]
    public async Task A_failing_receiver_is_called_again_with_the_same_id()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.AnswerOnce(new SinkAnswer(500, "not now"), new SinkAnswer(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = "120" } }, new SinkAnswer(200, "at last"));
        var robotRun = await app.RunAsync("call_webhook", new { method = "POST", url = sink.Address });
        Assert.Equal(RobotRunState.Sending, robotRun.State);
        await app.TravelAsync(TimeSpan.FromMinutes(1));
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await app.DrainAsync());
        await app.TravelAsync(TimeSpan.FromSeconds(60));
        await app.DrainAsync();

        Assert.Equal(3, sink.Requests.Count);
        Assert.Single(sink.Requests.Select(r => r.Headers["webhook-id"]).Distinct());
        Assert.Equal(RobotRunState.Done, (await app.LastAsync()).State);
        Assert.Equal([500, 429, 200], await app.ReadAsync(db => db.DeliveryAttempts.OrderBy(a => a.Attempt).Select(a => a.Status!.Value).ToListAsync()));
    }

    [Theory]
    [InlineData(410, "Answered 410.")]
    [InlineData(404, "Answered 404.")]
    [InlineData(302, "Answered 302; redirects are not followed.")]
    public async Task An_answer_that_will_not_change_asks_a_person_at_once(int status, string message)
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.Answer(_ => new(status, "gone"));
        var robotRun = await app.RunAsync("call_webhook", new { method = "POST", url = sink.Address });

        Assert.Single(sink.Requests);
        Assert.Equal((RobotRunState.Incident, "effect.failed", message), (robotRun.State, robotRun.Code, robotRun.Message));
        Assert.Equal(DeliveryState.Failed, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Equal(robotRun.EffectKey, (await app.ReadAsync(db => db.Incidents.SingleAsync())).EffectKey);
    }

    [Fact]
    public async Task A_refused_address_is_not_tried_again()
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("call_webhook", new { method = "POST", url = "https://127.0.0.1/admin?token=secret" });

        Assert.Equal(RobotRunState.Incident, robotRun.State);
        Assert.Contains("127.0.0.1", robotRun.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", robotRun.Message, StringComparison.Ordinal);
        Assert.Equal("https://127.0.0.1", await app.ScalarAsync<string>("select destination from delivery"));
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_and_tried_later()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(timeoutSeconds: 1, sink);
        sink.Answer(_ => new(200) { Delay = TimeSpan.FromMinutes(5) });
        await app.RunAsync("call_webhook", new { method = "POST", url = sink.Address });

        var attempt = await app.ReadAsync(db => db.DeliveryAttempts.SingleAsync());
        Assert.Null(attempt.Status);
        Assert.Contains("within 1 seconds", attempt.Error, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Waiting, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
    }

    [Fact]
    public async Task An_answer_with_half_a_character_in_a_result_does_not_call_again()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.Answer(_ => new(200, """{"id":"\ud800"}"""));
        await app.RunAsync("call_webhook", new { method = "POST", url = sink.Address, results = new Dictionary<string, string> { ["Id"] = "id" } });

        Assert.Single(sink.Requests);
        Assert.Equal(DeliveryState.Failed, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Equal("effect.failed", (await app.ReadAsync(db => db.Incidents.SingleAsync())).Code);
    }

    [Fact]
    public async Task A_large_answer_is_kept_in_part_and_nul_is_no_obstacle()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.Answer(_ => new(200, "\0" + new string('é', 20_000)));
        await app.RunAsync("call_webhook", new { method = "POST", url = sink.Address });

        var response = (await app.ReadAsync(db => db.DeliveryAttempts.SingleAsync())).Response!;
        Assert.StartsWith("\uFFFDéé", response, StringComparison.Ordinal);
        Assert.EndsWith("é", response, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(response), 16_000, 16 * 1024 + 2);
        Assert.True(await app.ScalarAsync<int>("select octet_length(results->>'Body') from robot_run") <= 4 * 1024 + 2);
    }

    [Theory]
    [InlineData("TRACE", "https://example.com", "", "method")]
    [InlineData("GET", "https://example.com", "{}", "body")]
    [InlineData("POST", "example", "", "url")]
    [InlineData("POST", "ftp://example.com/", "", "url")]
    [InlineData("POST", "https://me:pw@example.com/", "", "url")]
    public async Task Settings_that_make_no_call_are_refused_before_the_outbox(string method, string url, string body, string setting)
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("call_webhook", new { method, url, body });

        Assert.Equal((RobotRunState.Incident, "setting.invalid"), (robotRun.State, robotRun.Code));
        Assert.NotEmpty(setting);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from delivery"));
    }

    [Fact]
    public async Task A_dead_destination_is_left_in_peace_while_others_are_served()
    {
        await using var dead = await HttpSink.StartAsync();
        await using var alive = await HttpSink.StartAsync();
        await using var app = await StartAsync(dead, alive);
        dead.Answer(_ => new(503));
        for (var i = 0; i < DestinationGate.FailuresToClose + 3; i++) await app.RunAsync("call_webhook", new { method = "POST", url = dead.Address });
        await app.RunAsync("call_webhook", new { method = "POST", url = alive.Address });

        Assert.Equal(DestinationGate.FailuresToClose, dead.Requests.Count);
        Assert.Single(alive.Requests);
        Assert.Equal(3, await app.ScalarAsync<long>("select count(*) from delivery where state = 0 and attempt = 0 and due_at > now()"));
    }

    private static Task<AppFixture> StartAsync(params HttpSink[] allowed) => StartAsync(timeoutSeconds: 60, allowed);

    private static Task<AppFixture> StartAsync(int timeoutSeconds, params HttpSink[] allowed)
    {
        var settings = new Dictionary<string, string?> { ["Crm:Outbound:TimeoutSeconds"] = $"{timeoutSeconds}", ["Crm:Outbound:SigningSecrets"] = "whsec_" + Secret };
        settings["Crm:Outbound:AllowedOrigins"] = string.Join(',', allowed.Select(a => a.Address.GetLeftPart(UriPartial.Authority)));
        return AppFixture.StartAsync(settings: settings);
    }
}
