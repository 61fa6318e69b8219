using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;

namespace AutomationCrm.Robots.Tests;

/// <summary>What readers of mails come back to: pictures, links, and the wish for no more.</summary>
public class MailTrackingTests
{
    [Fact]
    public async Task Opens_and_links_are_told_once_and_counted_and_lead_to_stored_addresses_only()
    {
        await using var smtp = new SmtpSink();
        var heard = new HeardHappenings();
        await using var app = await MailboxHarness.StartAsync(smtp, null, heard);
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
        await using var app = await MailboxHarness.StartAsync(smtp, null);
        await app.MailAsync(new { to = "client", subject = "News", text = "Hello", unsubscribe = "No more news" });
        var (mail, token) = (Assert.Single(smtp.Mails), await app.ScalarAsync<string>("select token from mail_message"));
        Assert.Equal(($"<https://crm.example.com/m/u/{token}>", "List-Unsubscribe=One-Click"), (mail.Header("List-Unsubscribe"), mail.Header("List-Unsubscribe-Post")));

        Assert.Equal("anna@work.example", await app.AsSystemAsync(new OptOutOfMail(token!)));
        var second = await app.MailAsync(new { to = "client", subject = "News", text = "Hello" });

        Assert.Equal("mail.optout", second.Code);
        Assert.Single(smtp.Mails);
    }
}
