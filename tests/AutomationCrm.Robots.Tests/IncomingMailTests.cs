using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Infrastructure.Messages;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots.Tests;

public class IncomingMailTests
{
    [Fact]
    public async Task An_answer_finds_the_deal_of_the_mail_it_answers_and_its_timeline()
    {
        await using var smtp = new SmtpSink();
        await using var imap = new ImapSink();
        var heard = new HeardHappenings();
        await using var app = await MailboxHarness.StartAsync(smtp, imap, heard);
        await app.MailAsync(new { to = "client", subject = "Your order", text = "Hello" });
        var sent = Assert.Single(smtp.Mails);
        imap.Put($"""
            From: Anna <ANNA@other.example>
            To: shop@example.com
            Subject: =?utf-8?B?UmU6IFlvdXIgb3JkZXIg4oCT?=
            Message-ID: <answer-1@other.example>
            In-Reply-To: {sent.Header("Message-ID")}

            Yes, please.

            On Monday the shop wrote:
            > Hello
            """);

        await app.ReadMailboxAsync();
        await app.ReadMailboxAsync();

        Assert.Equal(0, imap.Unseen);
        var mail = await app.ReadAsync(db => db.Mails.SingleAsync(m => m.Direction == MailMessage.In));
        var deal = await app.ScalarAsync<long>("select max(id) from item where type_id = 2");
        Assert.Equal((MailState.Received, deal, "anna@other.example", "Re: Your order –"), (mail.State, mail.ItemId, mail.FromAddress, mail.Subject));
        var note = await app.ReadAsync(db => db.TimelineNotes.SingleAsync(n => n.Kind == "mail_in"));
        Assert.Equal(("Anna <anna@other.example>", "Re: Your order –\n\nYes, please."), (note.Subject, note.Text));
        var happened = Assert.Single(heard.All, h => h.Code == HappeningCodes.MailReceived);
        Assert.Equal((ItemRef.Deal(deal), Value.Of("Yes, please.")), (happened.Item, happened.Facts["Text"]));
        Assert.Equal(app.Admin, (await app.ReadAsync(db => db.Notifications.SingleAsync())).PersonId);
    }

    [Fact]
    public async Task A_reply_address_of_its_own_is_enough()
    {
        await using var smtp = new SmtpSink();
        await using var imap = new ImapSink();
        await using var app = await MailboxHarness.StartAsync(smtp, imap, more: [("Crm:Mail:ReplyTo", "answers@example.com"), ("Crm:Mailbox:PlusAddress", "true")]);
        await app.MailAsync(new { to = "client", subject = "Your order", text = "Hello" });
        var reply = Assert.Single(smtp.Mails).Header("Reply-To")!;
        Assert.Matches(@"^answers\+[\w-]{22}@example\.com$", reply);
        imap.Put(Raw("x@other.example", to: reply));

        await app.ReadMailboxAsync();

        Assert.Equal(MailState.Received, (await app.ReadAsync(db => db.Mails.SingleAsync(m => m.Direction == MailMessage.In))).State);
    }

    [Fact]
    public async Task Without_a_reference_the_clients_only_open_deal_is_meant()
    {
        await using var imap = new ImapSink();
        await using var app = await MailboxHarness.StartAsync(null, imap);
        await app.DealOfAsync("anna@example.com");
        imap.Put(Raw("anna@example.com"));
        imap.Put(Raw("stranger@example.com"));
        await app.ReadMailboxAsync();
        await app.DealOfAsync("anna@example.com");
        imap.Put(Raw("anna@example.com"));
        await app.ReadMailboxAsync();

        Assert.Equal(["", "match.none", "match.several"], await app.ReadAsync(db => db.Mails.OrderBy(m => m.At).ThenBy(m => m.Id).Select(m => m.Reason ?? "").ToListAsync()));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", "loop.auto")]
    [InlineData("Precedence: bulk", "loop.auto")]
    [InlineData("List-Id: <news.example.com>", "loop.auto")]
    [InlineData("X-Autoreply: yes", "loop.auto")]
    [InlineData("Return-Path: <>", "loop.auto")]
    [InlineData("Auto-Submitted: no", null)]
    public async Task Machines_are_shown_and_start_nothing(string header, string? reason)
    {
        await using var imap = new ImapSink();
        var heard = new HeardHappenings();
        await using var app = await MailboxHarness.StartAsync(null, imap, heard);
        await app.DealOfAsync("anna@example.com");
        imap.Put(Raw("anna@example.com", header));
        await app.ReadMailboxAsync();

        Assert.Equal(reason, (await app.ReadAsync(db => db.Mails.SingleAsync())).Reason);
        Assert.Equal(reason is null ? 1 : 0, heard.All.Count);
        Assert.Equal(reason is null ? "mail_in" : "mail_auto", (await app.ReadAsync(db => db.TimelineNotes.SingleAsync())).Kind);
    }

    [Fact]
    public async Task Our_own_mail_that_comes_back_and_a_flood_of_one_sender_start_nothing()
    {
        await using var imap = new ImapSink();
        var heard = new HeardHappenings();
        await using var app = await MailboxHarness.StartAsync(null, imap, heard, ("Crm:Mailbox:PerSenderAndHour", "3"), ("Crm:Mail:Server", "mail.example.com"), ("Crm:Mail:From", "shop@example.com"));
        await app.DealOfAsync("anna@example.com");
        imap.Put(Raw("shop@example.com"));
        imap.Put(Raw("anna@example.com", $"Message-ID: <crm.{Guid.Empty:N}@example.com>", messageId: false));
        for (var i = 0; i < 5; i++) imap.Put(Raw("anna@example.com"));
        await app.ReadMailboxAsync();

        Assert.Equal(["", "", "loop.many", "loop.many", "loop.many", "loop.own", "loop.own"], (await app.ReadAsync(db => db.Mails.Select(m => m.Reason ?? "").ToListAsync())).Order(StringComparer.Ordinal));
        Assert.Equal(2, heard.All.Count);
    }

    [Fact]
    public async Task A_mail_without_an_item_is_given_one_by_an_administrator_and_then_starts_what_answers_to_it()
    {
        await using var imap = new ImapSink();
        var heard = new HeardHappenings();
        await using var app = await MailboxHarness.StartAsync(null, imap, heard);
        imap.Put(Raw("stranger@example.com"));
        await app.ReadMailboxAsync();
        var mail = Assert.Single((await app.SendAsync(new ListIncomingMail(MailState.Unmatched))).Mails);
        var deal = await app.AddDealAsync();
        var member = await app.AddPersonAsync("Member");
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new PlaceMail(mail.Id, ItemRef.Deal(deal)), member));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetMail(mail.Id), member));

        await app.SendAsync(new PlaceMail(mail.Id, ItemRef.Deal(deal)));

        Assert.Equal("Chairs", (await app.SendAsync(new GetMail(mail.Id), member)).ItemTitle);
        Assert.Equal(ItemRef.Deal(deal), Assert.Single(heard.All).Item);
        Assert.Empty((await app.SendAsync(new ListIncomingMail(MailState.Unmatched))).Mails);
    }

    [Fact]
    public async Task Files_and_pages_are_kept_as_files_and_words()
    {
        await using var imap = new ImapSink();
        await using var app = await MailboxHarness.StartAsync(null, imap);
        await app.DealOfAsync("anna@example.com");
        imap.Put("""
            From: anna@example.com
            To: shop@example.com
            Subject: Files
            Message-ID: <files@example.com>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/html; charset=utf-8

            <html><head><style>p{}</style></head><body><p>Hello &amp; <b>bye</b></p><script>alert(1)</script></body></html>
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../evil.pdf"
            Content-Transfer-Encoding: base64

            Y29udGVudA==
            --b--
            """);
        await app.ReadMailboxAsync();
        var id = await app.ScalarAsync<Guid>("select id from mail_message");
        var detail = await app.SendAsync(new GetMail(id));

        Assert.Equal("Hello & bye", detail.Mail.Text);
        var file = Assert.Single(detail.Files);
        Assert.Equal(".._.._evil.pdf", file.Name);
        Assert.Equal("content"u8.ToArray(), (await app.SendAsync(new GetMailFile(id, file.Id))).Content);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetMailFile(id, Guid.CreateVersion7())));
    }

    [Fact]
    public async Task Rubbish_does_not_stop_the_mailbox()
    {
        await using var imap = new ImapSink();
        await using var app = await MailboxHarness.StartAsync(null, imap);
        imap.Put("no header at all");
        imap.Put("From: \u0001\u0002\n\n\0\0\0");
        imap.Put("From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n" + string.Concat(Enumerable.Repeat("--x\nContent-Type: multipart/mixed; boundary=x\n\n", 500)));
        imap.Put("From: a@example.com\nSubject: " + new string('s', 100_000) + "\n\n\0" + new string('t', 100_000));
        imap.Put(Raw("a@example.com"));
        await app.ReadMailboxAsync();

        Assert.Equal(0, imap.Unseen);
        Assert.True(await app.ScalarAsync<long>("select count(*) from mail_message") >= 2);
    }

    [Fact]
    public async Task A_wrong_password_is_told()
    {
        await using var imap = new ImapSink();
        await using var app = await MailboxHarness.StartAsync(null, imap, null, ("Crm:Mailbox:Password", "wrong"));
        await app.Services.GetRequiredService<MailboxReader>().ReadOnceAsync(CancellationToken.None);

        Assert.NotNull(app.Services.GetRequiredService<MailboxStatus>().Last!.Error);
    }

    private static string Raw(string from, string? header = null, string to = "shop@example.com", bool messageId = true) =>
        $"From: {from}\nTo: {to}\nSubject: Hello\n{(messageId ? $"Message-ID: <{Guid.CreateVersion7():N}@example.com>\n" : "")}{(header is null ? "" : header + "\n")}\nHello there\n";
}
