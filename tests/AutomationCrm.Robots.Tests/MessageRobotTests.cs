using System.Text.Json;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Domain.Common;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

public class MessageRobotTests
{
    private const string Secret = "sk_live_4711";

    [Fact]
    public async Task A_text_message_goes_out_in_the_form_of_twilio_and_its_number_is_a_result()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.Answer(_ => new(201, """{"sid":"SM77","status":"queued"}""", "application/json"));
        await app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("twilio") with { Url = $"{sink.Address}2010-04-01/Accounts/{{account}}/Messages.json", Account = "AC1", Sender = "+4930111" }, Secret));

        var robotRun = await app.MailAsync(new { to = "client", phoneType = "WORK", text = "Hello & welcome, {=Document:TITLE}" }, robot: "send_sms", title: "A=B");

        var call = Assert.Single(sink.Requests);
        Assert.Equal(("POST", "/2010-04-01/Accounts/AC1/Messages.json", "To=%2B4917055502&From=%2B4930111&Body=Hello%20%26%20welcome%2C%20A%3DB"), (call.Method, call.Target, call.Text));
        Assert.Equal("Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"AC1:{Secret}")), call.Headers["Authorization"]);
        Assert.Equal((RobotRunState.Done, """{"Phone": "+4917055502", "MessageId": "SM77"}"""), (robotRun.State, robotRun.Results));
        var note = await app.ReadAsync(db => db.TimelineNotes.SingleAsync());
        Assert.Equal(("sms", "+4917055502", "Hello & welcome, A=B"), (note.Kind, note.Subject, note.Text));
    }

    [Fact]
    public async Task Beyond_the_limit_of_a_number_its_text_messages_wait()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        app.Configure("Crm:Sms:PerRecipientHour", "1");
        await app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("json") with { Url = sink.Address.ToString() }, Secret));
        await app.MailAsync(new { to = "number", number = "+491700000001", text = "First" }, robot: "send_sms");
        await app.MailAsync(new { to = "number", number = "+491700000001", text = "Second" }, robot: "send_sms");
        await app.MailAsync(new { to = "number", number = "+491700000002", text = "Third" }, robot: "send_sms");

        Assert.Equal(2, sink.Requests.Count);
        Assert.Equal(("sms.recipient", 1L), (await app.ScalarAsync<string>("select max(held) from delivery"), await app.ScalarAsync<long>("select count(*) from delivery where state = 0")));

        await app.ExecuteAsync("update delivery set finished_at = finished_at - interval '1 hour'");
        await app.TravelAsync(TimeSpan.FromMinutes(1));
        await app.DrainAsync();
        Assert.Equal(3, sink.Requests.Count);
    }

    [Fact]
    public async Task A_secret_is_stored_closed_and_shown_to_nobody()
    {
        await using var app = await StartAsync();
        var id = await app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("json"), Secret));
        await app.SendAsync(new SaveSmsProvider(id, SmsPresets.Of("json") with { Name = "Other" }, null));
        await app.SendAsync(new SaveChatWebhook(0, "Sales", "slack", "https://hooks.slack.example/services/T0/B0/" + Secret));

        var line = Assert.Single(await app.SendAsync(new ListSmsProviders()));
        Assert.True(line.HasSecret);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(line), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(await app.SendAsync(new ListChatWebhooks())), StringComparison.Ordinal);
        foreach (var table in (string[])["sms_provider", "chat_webhook"])
            Assert.Equal(0, await app.ScalarAsync<long>($"select count(*) from {table} t where t::text like '%{Secret}%'"));
    }

    [Theory]
    [InlineData("to={to}&x={text}", "application/x-www-form-urlencoded", "to=%2B491&x=a%22%26b%7Bsecret%7D")]
    [InlineData("""{"to":"{to}","x":"{text}"}""", "application/json", """{"to":"\u002B491","x":"a\u0022\u0026b{secret}"}""")]
    public void Values_are_written_in_the_bodys_language_and_never_filled_again(string body, string type, string expected)
    {
        var request = SmsCall.Build(new() { Url = "https://sms.example.com/{to}", Body = body, ContentType = type }, Secret, "+491", "a\"&b{secret}", Guid.Empty);

        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(request.Body!.Value.Span));
        Assert.Equal("https://sms.example.com/%2B491", request.Url);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"bad number"}}""", DeliveryState.Failed, "effect.failed", "Answered 400. bad number")]
    [InlineData(200, """{"ok":false,"error":{"message":"no credit"}}""", DeliveryState.Failed, "effect.failed", "no credit")]
    [InlineData(503, "oops", DeliveryState.Unknown, "effect.unknown", "Answered 503.")]
    public async Task What_the_provider_answers_decides_and_an_unknown_outcome_asks_a_person(int status, string answer, DeliveryState state, string code, string message)
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.Answer(_ => new(status, answer, "application/json"));
        await app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("json") with { Url = sink.Address.ToString(), SuccessPath = "ok", SuccessValue = "true" }, Secret));
        var robotRun = await app.MailAsync(new { to = "number", number = "00491701234567", text = "Hello" }, robot: "send_sms");
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();

        Assert.Single(sink.Requests);
        Assert.Equal((RobotRunState.Incident, code, message), (robotRun.State, robotRun.Code, robotRun.Message));
        Assert.Equal(state, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Equal(code, (await app.ReadAsync(db => db.Incidents.SingleAsync())).Code);
    }

    [Fact]
    public async Task A_provider_that_hangs_leaves_the_outcome_unknown_and_nothing_is_sent_again()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(timeoutSeconds: 1, sink);
        sink.Answer(_ => new(200) { Delay = TimeSpan.FromMinutes(5) });
        await app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("json") with { Url = sink.Address.ToString() }, Secret));
        var robotRun = await app.MailAsync(new { to = "client", text = "Hello" }, robot: "send_sms");

        Assert.Equal((RobotRunState.Incident, "effect.unknown"), (robotRun.State, robotRun.Code));
        Assert.Single(sink.Requests);
    }

    [Theory]
    [InlineData("client", "", "setting.invalid")]
    [InlineData("number", "call me", "setting.invalid")]
    [InlineData("number", "", "sms.nobody")]
    [InlineData("responsible", "", "sms.nobody")]
    public async Task Without_a_provider_or_a_number_nothing_reaches_the_outbox(string to, string number, string code)
    {
        await using var app = await StartAsync();
        var robotRun = await app.MailAsync(new { to, number, text = "Hello" }, robot: "send_sms");

        Assert.Equal(code, robotRun.Code);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from delivery"));
    }

    [Fact]
    public async Task A_robot_writes_into_the_chat_and_mentioned_people_are_told()
    {
        await using var app = await StartAsync();
        var (berta, gone) = (await app.AddPersonAsync("Berta"), await app.AddPersonAsync("Gone", active: false));
        var robotRun = await app.MailAsync(new { text = "@Berta and @Gone, look at {=Document:TITLE}; mail@Berta.example is none", mention = new[] { app.Admin } }, robot: "send_chat_message");

        Assert.Equal(RobotRunState.Done, robotRun.State);
        var said = await app.ReadAsync(db => db.ChatMessages.SingleAsync());
        Assert.Equal($"@user_{app.Admin} @user_{berta} and @Gone, look at Chairs; mail@Berta.example is none", said.Text);
        Assert.Equal([app.Admin, berta], await app.ReadAsync(db => db.Notifications.OrderBy(n => n.PersonId).Select(n => n.PersonId).ToListAsync()));
        Assert.DoesNotContain(gone, await app.ReadAsync(db => db.Notifications.Select(n => n.PersonId).ToListAsync()));
        Assert.Contains("\"Told\": 2", robotRun.Results, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slack", "text")]
    [InlineData("mattermost", "text")]
    [InlineData("teams", "attachments")]
    public async Task A_robot_writes_into_chats_of_others_in_their_form(string format, string part)
    {
        await using var sink = await HttpSink.StartAsync();
        await using var app = await StartAsync(sink);
        sink.AnswerOnce(new SinkAnswer(429, "slow down"), new SinkAnswer(200, "ok"));
        await app.SendAsync(new SaveChatWebhook(0, "Sales", format, $"{sink.Address}services/{Secret}"));
        await app.MailAsync(new { chat = "sales", text = "New: {=Document:TITLE}" }, robot: "send_chat_webhook", title: "<!channel> & @here");
        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();

        Assert.Equal(2, sink.Requests.Count);
        Assert.Equal($"/services/{Secret}", sink.Requests[1].Target);
        using var body = JsonDocument.Parse(sink.Requests[1].Text);
        Assert.True(body.RootElement.TryGetProperty(part, out var content));
        var text = part == "text" ? content.GetString()! : content[0].GetProperty("content").GetProperty("body")[0].GetProperty("text").GetString()!;
        Assert.StartsWith("New: &lt;!channel", text, StringComparison.Ordinal);
        if (format != "slack") Assert.DoesNotContain("@here", text, StringComparison.Ordinal);
        Assert.Contains("https://crm.example.com/item/2/", sink.Requests[1].Text, StringComparison.Ordinal);
        Assert.Equal((RobotRunState.Done, "chat"), ((await app.LastAsync()).State, (await app.ReadAsync(db => db.TimelineNotes.SingleAsync())).Kind));
        Assert.Equal(0, await app.ScalarAsync<long>($"select count(*) from delivery d where d::text like '%{Secret}%'"));
    }

    [Fact]
    public async Task Names_are_taken_once_and_hostile_addresses_are_refused()
    {
        await using var app = await StartAsync();
        await app.SendAsync(new SaveChatWebhook(0, "Sales", "slack", "https://hooks.example/1"));

        Assert.Equal("name.taken", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new SaveChatWebhook(0, "SALES", "slack", "https://hooks.example/2")))).Code);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new SaveChatWebhook(0, "Other", "slack", "javascript:alert(1)")));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("json") with { Url = "https://{to}/" }, null)));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new SaveSmsProvider(0, SmsPresets.Of("json") with { Headers = new Dictionary<string, string> { ["X"] = "a\r\nb" } }, null)));
    }

    [Theory]
    [InlineData("**bold** and *it* \\*no\\*", "<p><strong>bold</strong> and <em>it</em> *no*</p>\n")]
    [InlineData("# Head\n- one\n- two", "<h2>Head</h2>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")]
    [InlineData("[text](https://example.com/a?b=1&c=2)", "<p><a href=\"https://example.com/a?b=1&amp;c=2\">text</a></p>\n")]
    [InlineData("see https://example.com/a_b.", "<p>see <a href=\"https://example.com/a_b\">https://example.com/a_b</a>.</p>\n")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n")]
    [InlineData("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n")]
    [InlineData("a ** b * c", "<p>a ** b * c</p>\n")]
    public void The_markup_of_mails_makes_safe_html(string source, string html) =>
        Assert.Equal(html, MailMarkup.Render(source, markup: true, url => url.StartsWith("http", StringComparison.Ordinal) ? url : null).Html);

    [Theory]
    [InlineData("a*b_c [x](https://evil.example) # - `<b>`")]
    [InlineData("\\* \\\\")]
    [InlineData("https://example.com/a_b-c(d)")]
    public void A_value_that_is_filled_in_stays_the_text_it_was(string value) =>
        Assert.Equal(value, MailMarkup.Render(MailMarkup.Escape(value), markup: true, _ => null).Text);

    private static Task<AppFixture> StartAsync(params HttpSink[] allowed) => StartAsync(timeoutSeconds: 60, allowed);

    private static Task<AppFixture> StartAsync(int timeoutSeconds, params HttpSink[] allowed) => AppFixture.StartAsync(settings: new Dictionary<string, string?>
    {
        ["Crm:Url"] = "https://crm.example.com",
        ["Crm:Secrets:Key"] = Convert.ToBase64String(new byte[32]),
        ["Crm:Outbound:TimeoutSeconds"] = $"{timeoutSeconds}",
        ["Crm:Outbound:AllowedOrigins"] = string.Join(',', allowed.Select(a => a.Address.GetLeftPart(UriPartial.Authority))),
    });
}
