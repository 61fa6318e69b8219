using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Tests;

public class SendEmailTests
{
    [Fact]
    public async Task A_deal_that_is_moved_sends_a_mail_to_its_client_and_the_timeline_shows_it()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: sink.Settings);

        var robotRun = await app.MailAsync(new { to = "client", subject = "About {=Document:TITLE}", text = "Hello **you**,\n\nyour order {=Document:TITLE}." }, title: "Chairs & *tables*");

        var mail = Assert.Single(sink.Mails);
        Assert.Equal("shop@example.com", mail.From);
        Assert.Equal(["anna@work.example"], mail.To);
        Assert.Equal(("\"Shop\" <shop@example.com>", "anna@work.example", "About Chairs & *tables*"), (mail.Header("From"), mail.Header("To"), mail.Header("Subject")));
        Assert.Equal($"<crm.{robotRun.EffectKey:N}@crm.example.com>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("Hello you,\n\nyour order Chairs & *tables*.", mail.Parts[0]);
        Assert.Contains("<p>Hello <strong>you</strong>,</p>\n<p>your order Chairs &amp; *tables*.</p>", mail.Parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Parts[1], StringComparison.Ordinal);
        Assert.Equal(RobotRunState.Done, robotRun.State);
        Assert.Contains($"crm.{robotRun.EffectKey:N}@", robotRun.Results, StringComparison.Ordinal);
        var note = await app.ReadAsync(db => db.TimelineNotes.SingleAsync());
        Assert.Equal(("mail_out", "anna@work.example"), (note.Kind, note.Subject));
        Assert.StartsWith("About Chairs & *tables*\n\nHello you,", note.Text, StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, (await app.ReadAsync(db => db.Mails.SingleAsync())).State);
    }

    [Theory]
    [InlineData("any", "first", "anna@work.example")]
    [InlineData("HOME", "first", "anna@home.example")]
    [InlineData("any", "last", "anna@home.example")]
    [InlineData("any", "all", "anna@work.example,anna@home.example,office@firm.example")]
    [InlineData("WORK", "all", "anna@work.example,office@firm.example")]
    public async Task The_clients_address_is_chosen_by_its_kind_and_place(string addressType, string addressRule, string expected)
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: sink.Settings);
        await app.MailAsync(new { to = "client", addressType, addressRule, subject = "Hello", text = "Hello" });

        Assert.Equal(expected.Split(','), Assert.Single(sink.Mails).To);
    }

    [Fact]
    public async Task A_client_without_such_an_address_is_no_failure()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: sink.Settings);
        var robotRun = await app.MailAsync(new { to = "client", addressType = "OTHER", subject = "Hello", text = "Hello" });

        Assert.Equal((RobotRunState.Skipped, "mail.nobody"), (robotRun.State, robotRun.Code));
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task Employees_get_mail_as_people_as_responsible_and_as_supervisor()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: sink.Settings);
        await app.ExecuteAsync("update person set email = 'ada@example.com'");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        await app.MailAsync(new { to = "people", people = new[] { app.Admin }, subject = "Hello", text = "Hello" });
        await app.MailAsync(new { to = "responsible", subject = "Hello", text = "Hello" });
        var head = await app.MailAsync(new { to = "supervisor", subject = "Hello", text = "Hello" });

        Assert.Equal(["ada@example.com", "ada@example.com"], sink.Mails.Select(m => m.To.Single()));
        Assert.Equal("mail.nobody", head.Code);
        Assert.False(await app.ReadAsync(db => db.Mails.AnyAsync(m => m.ToClient)));
    }

    [Fact]
    public async Task Files_go_along_under_their_names()
    {
        await using var sink = new SmtpSink();
        await using var app = await AppFixture.StartAsync(settings: sink.Settings);
        var (id, content) = (Guid.CreateVersion7(), "content"u8.ToArray());
        await app.Services.GetRequiredService<IFileStore>().SaveAsync(new(new() { Id = id, Name = "Предложение 7.pdf", MediaType = "application/pdf", Size = content.Length, Sha256 = [], CreatedAt = TimeProvider.System.GetUtcNow() }, content), CancellationToken.None);
        await app.MailAsync(new { to = "addresses", addresses = "a@example.com; Bob <b@example.com>", subject = "Hello", text = "Hello", attachments = id.ToString() });

        var mail = Assert.Single(sink.Mails);
        Assert.Equal(["a@example.com", "b@example.com"], mail.To);
        Assert.Equal("content", mail.Parts[^1]);
        Assert.Contains("application/pdf", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_robot_before_the_outbox()
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.MailAsync(new { to = "client", subject = "Hello", text = "Hello", attachments = Guid.CreateVersion7().ToString() });

        Assert.Equal((RobotRunState.Incident, "file.unknown"), (robotRun.State, robotRun.Code));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from mail_message"));
    }

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

internal static class MailHarness
{
    /// <summary>Runs the robot on a new deal of a contact with two addresses at a company with one.</summary>
    public static async Task<RobotRun> MailAsync(this AppFixture app, object settings, string title = "Chairs", string robot = "send_email")
    {
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Firm"), [FieldCodes.Email] = Points(("WORK", "office@firm.example")), [FieldCodes.Phone] = Points(("WORK", "+49 30 555-01")) }));
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Anna"), [FieldCodes.Email] = Points(("WORK", "anna@work.example"), ("HOME", "anna@home.example")), [FieldCodes.Phone] = Points(("WORK", "+49 (170) 555-02")) }));
        await app.PublishAsync(ItemTypeIds.Deal, RobotHarness.Stage, TestPortal.Robot(robot, settings));
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value>
        {
            [FieldCodes.Title] = Value.Of(title),
            [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company),
            [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact),
            [FieldCodes.Responsible] = new UserValue(app.Admin),
        }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), RobotHarness.Stage));
        await app.DrainAsync();
        return await app.LastAsync();
    }

    public static Value Points(params ReadOnlySpan<(string Type, string Text)> points)
    {
        var list = new List<Value>();
        foreach (var (type, text) in points) list.Add(new ContactPointValue(0, type, text));
        return Value.Of(list);
    }
}
