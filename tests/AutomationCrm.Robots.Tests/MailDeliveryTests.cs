using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

/// <summary>What becomes of a mail in the outbox: settings, servers, limits, second thoughts.</summary>
public class MailDeliveryTests
{
    [Fact]
    public async Task Without_settings_a_mail_waits_in_the_outbox_and_says_so_and_goes_out_when_they_come()
    {
        await using var sink = new SmtpSink();
        var settings = new Dictionary<string, string?>(sink.Settings);
        settings.Remove("Crm:Mail:Server");
        await using var app = await AppFixture.StartAsync(settings: settings);
        var robotRun = await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello" });
        var waiting = await app.ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync());
        Assert.Equal((RobotRunState.Sending, DeliveryState.Waiting, "mail.settings", 0), (robotRun.State, waiting.State, waiting.Held, waiting.Attempt));

        app.Configure("Crm:Mail:Server", sink.Address);
        await app.TravelAsync(TimeSpan.FromMinutes(2));
        await app.DrainAsync();

        Assert.Single(sink.Mails);
        Assert.Equal((DeliveryState.Delivered, null), await app.ReadAsync(async db => await db.Deliveries.Select(d => new ValueTuple<DeliveryState, string?>(d.State, d.Held)).SingleAsync()));
        Assert.Equal(RobotRunState.Done, (await app.LastAsync()).State);
    }

    [Fact]
    public async Task A_server_that_is_away_costs_no_attempt()
    {
        await using var sink = new SmtpSink();
        var settings = new Dictionary<string, string?>(sink.Settings) { ["Crm:Mail:Server"] = "127.0.0.1:1" };
        await using var app = await AppFixture.StartAsync(settings: settings);
        await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello" });

        Assert.Equal(("mail.server", 0), await app.ReadAsync(async db => await db.Deliveries.Select(d => new ValueTuple<string?, int>(d.Held, d.Attempt)).SingleAsync()));
        app.Configure("Crm:Mail:Server", sink.Address);
        await app.TravelAsync(TimeSpan.FromMinutes(2));
        await app.DrainAsync();
        Assert.Single(sink.Mails);
    }

    [Theory]
    [InlineData("RCPT", "451 later", DeliveryState.Waiting)]
    [InlineData("RCPT", "550 nobody here", DeliveryState.Failed)]
    [InlineData("MAIL", "552 too much", DeliveryState.Failed)]
    [InlineData(".", "554 spam", DeliveryState.Failed)]
    [InlineData(".", "452 full", DeliveryState.Waiting)]
    public async Task What_the_server_says_decides_whether_it_is_tried_again(string command, string answer, DeliveryState state)
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: sink.Settings);
        sink.Reply(line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null);
        await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello" });

        var delivery = await app.ReadAsync(db => db.Deliveries.SingleAsync());
        Assert.Equal((state, 1), (delivery.State, delivery.Attempt));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timeline_note"));
        sink.Reply(_ => null);
        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();
        Assert.Equal(state == DeliveryState.Waiting ? 1 : 0, sink.Mails.Count);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_and_tried_later_with_the_same_message_id()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?>(sink.Settings) { ["Crm:Mail:TimeoutSeconds"] = "1" });
        sink.Reply(line => line == "." ? "" : null);
        var robotRun = await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello" });
        Assert.Contains("within 1 seconds", (await app.ReadAsync(db => db.DeliveryAttempts.SingleAsync())).Error, StringComparison.Ordinal);
        sink.Reply(_ => null);
        app.Configure("Crm:Mail:TimeoutSeconds", "60");
        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();

        Assert.Equal($"<crm.{robotRun.EffectKey:N}@crm.example.com>", Assert.Single(sink.Mails).Header("Message-ID"));
    }

    [Fact]
    public async Task Account_and_password_come_from_the_settings()
    {
        await using var sink = new SmtpSink { AsksForPassword = true };
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?>(sink.Settings) { ["Crm:Mail:User"] = "shop", ["Crm:Mail:Password"] = "s3cret" });
        await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello" });

        Assert.Equal("shop:s3cret", sink.SignedIn);
        Assert.DoesNotContain("s3cret", await app.ScalarAsync<string>("select string_agg(request::text, '') from delivery"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_the_hourly_limit_mails_wait()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?>(sink.Settings) { ["Crm:Mail:PerHour"] = "1" });
        await app.MailAsync(new { to = "client", subject = "First", text = "Hello" });
        await app.MailAsync(new { to = "client", subject = "Second", text = "Hello" });

        Assert.Single(sink.Mails);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from delivery where held = 'mail.quota'"));
    }

    [Fact]
    public async Task Beyond_the_limit_of_a_recipient_his_mails_wait_and_those_of_others_do_not()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?>(sink.Settings) { ["Crm:Mail:PerRecipientHour"] = "1" });
        await app.MailAsync(new { to = "addresses", addresses = "One <one@example.com>", subject = "First", text = "Hello" });
        await app.MailAsync(new { to = "addresses", addresses = "ONE@example.com, two@example.com", subject = "Second", text = "Hello" });
        await app.MailAsync(new { to = "addresses", addresses = "two@example.com", subject = "Third", text = "Hello" });

        Assert.Equal(["First", "Third"], sink.Mails.Select(m => m.Header("Subject")));
        Assert.Equal("mail.recipient", await app.ScalarAsync<string>("select held from delivery where state = 0"));

        await app.ExecuteAsync("update mail_message set sent_at = sent_at - interval '1 hour'");
        await app.TravelAsync(TimeSpan.FromMinutes(1));
        await app.DrainAsync();
        Assert.Equal(3, sink.Mails.Count);
    }

    [Fact]
    public async Task A_mail_that_still_lies_in_the_outbox_is_not_sent_when_its_deal_has_left_the_stage()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?>());
        await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello" });
        await app.SendAsync(new MoveItem(ItemRef.Deal(await app.ScalarAsync<long>("select max(id) from item where type_id = 2")), "EXECUTING"));
        await app.DrainAsync();

        Assert.Equal(DeliveryState.Cancelled, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
    }
}
