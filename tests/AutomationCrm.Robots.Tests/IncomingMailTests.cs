using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
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
        var heard = new Heard();
        await using var app = await StartAsync(smtp, imap, heard);
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
        await using var app = await StartAsync(smtp, imap, more: [("Crm:Mail:ReplyTo", "answers@example.com"), ("Crm:Mailbox:PlusAddress", "true")]);
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
        await using var app = await StartAsync(null, imap);
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
        var heard = new Heard();
        await using var app = await StartAsync(null, imap, heard);
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
        var heard = new Heard();
        await using var app = await StartAsync(null, imap, heard, ("Crm:Mailbox:PerSenderAndHour", "3"), ("Crm:Mail:Server", "mail.example.com"), ("Crm:Mail:From", "shop@example.com"));
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
        var heard = new Heard();
        await using var app = await StartAsync(null, imap, heard);
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
        await using var app = await StartAsync(null, imap);
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
        await using var app = await StartAsync(null, imap);
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
        await using var app = await StartAsync(null, imap, null, ("Crm:Mailbox:Password", "wrong"));
        await app.Services.GetRequiredService<MailboxReader>().ReadOnceAsync(CancellationToken.None);

        Assert.NotNull(app.Services.GetRequiredService<MailboxStatus>().Last!.Error);
    }

    [Fact]
    public async Task Opens_and_links_are_told_once_and_counted_and_lead_to_stored_addresses_only()
    {
        await using var smtp = new SmtpSink();
        var heard = new Heard();
        await using var app = await StartAsync(smtp, null, heard);
        await app.MailAsync(new { to = "client", subject = "Hello", text = "See [the offer](https://example.com/offer?a=1&b=2) or https://example.com/other", trackOpens = true, trackLinks = true });
        var html = Assert.Single(smtp.Mails).Parts[1];
        var token = await app.ScalarAsync<string>("select token from mail_message");
        Assert.Contains($"<a href=\"https://crm.example.com/m/l/{token}/1\">the offer</a>", html, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"https://crm.example.com/m/o/{token}.gif\"", html, StringComparison.Ordinal);

        for (var i = 0; i < 2; i++)
        {
            await app.AsSystemAsync(new RecordMailOpened(token!));
            Assert.Equal("https://example.com/offer?a=1&b=2", await app.AsSystemAsync(new FollowMailLink(token!, 1)));
        }

        Assert.Null(await app.AsSystemAsync(new FollowMailLink(token!, 3)));
        Assert.Null(await app.AsSystemAsync(new FollowMailLink(MailIds.NewToken(), 1)));
        Assert.Equal([HappeningCodes.MailSent, HappeningCodes.MailOpened, HappeningCodes.LinkFollowed], heard.All.Select(h => h.Code));
        Assert.Equal((2, 2), (await app.ScalarAsync<int>("select opens from mail_message"), await app.ScalarAsync<int>("select follows from mail_link where number = 1")));
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await app.SendAsync(new RecordMailOpened(token!), await app.AddPersonAsync("Member")));
    }

    [Fact]
    public async Task Who_wants_no_more_mail_gets_none()
    {
        await using var smtp = new SmtpSink();
        await using var app = await StartAsync(smtp, null);
        await app.MailAsync(new { to = "client", subject = "News", text = "Hello", unsubscribe = "No more news" });
        var (mail, token) = (Assert.Single(smtp.Mails), await app.ScalarAsync<string>("select token from mail_message"));
        Assert.Equal(($"<https://crm.example.com/m/u/{token}>", "List-Unsubscribe=One-Click"), (mail.Header("List-Unsubscribe"), mail.Header("List-Unsubscribe-Post")));

        Assert.Equal("anna@work.example", await app.AsSystemAsync(new OptOutOfMail(token!)));
        var second = await app.MailAsync(new { to = "client", subject = "News", text = "Hello" });

        Assert.Equal("mail.optout", second.Code);
        Assert.Single(smtp.Mails);
    }

    private static string Raw(string from, string? header = null, string to = "shop@example.com", bool messageId = true) =>
        $"From: {from}\nTo: {to}\nSubject: Hello\n{(messageId ? $"Message-ID: <{Guid.CreateVersion7():N}@example.com>\n" : "")}{(header is null ? "" : header + "\n")}\nHello there\n";

    private static Task<AppFixture> StartAsync(SmtpSink? smtp, ImapSink? imap, Heard? heard = null, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(smtp?.Settings ?? new Dictionary<string, string?>());
        foreach (var (key, value) in imap?.Settings ?? new Dictionary<string, string?>()) settings[key] = value;
        foreach (var (key, value) in more) settings[key] = value;
        return AppFixture.StartAsync(services => { if (heard is not null) services.AddSingleton<IHappeningReaction>(heard); }, settings);
    }

    private sealed class Heard : IHappeningReaction
    {
        public List<Happening> All { get; } = [];

        public bool Interested(string code) => true;

        public ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct)
        {
            All.Add(happened);
            return ValueTask.CompletedTask;
        }
    }
}

internal static class MailboxHarness
{
    public static async Task ReadMailboxAsync(this AppFixture app)
    {
        await app.Services.GetRequiredService<MailboxReader>().ReadOnceAsync(CancellationToken.None);
        Assert.Null(app.Services.GetRequiredService<MailboxStatus>().Last!.Error);
    }

    public static Task<T> AsSystemAsync<T>(this AppFixture app, Application.Common.Messaging.IRequest<T> request) => app.SendAsync(request, Caller.SystemId);

    public static async Task DealOfAsync(this AppFixture app, string address)
    {
        var contact = await app.SendAsync(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value> { [FieldCodes.Name] = Value.Of("Anna"), [FieldCodes.Email] = MailHarness.Points(("WORK", address)) }));
        await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Deal"), [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact) }));
    }
}
