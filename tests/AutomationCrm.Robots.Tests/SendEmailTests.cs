using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Messages.Mail;
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
}
