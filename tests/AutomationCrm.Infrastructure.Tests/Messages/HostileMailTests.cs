using System.Text;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Ports;
using AutomationCrm.Infrastructure.Messages;
using AutomationCrm.Testing;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Tests.Messages;

/// <summary>Attack list A13: whatever is put into an address, a subject, a header or a text, the server gets the intended commands and headers and nothing else.</summary>
public sealed class HostileMailTests
{
    private const string Injected = "Bcc: victim@evil.example";

    /// <summary>Each must be refused before a connection is made.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "to", "a@example.com\r\n" + Injected },
        { "to", "a@example.com\nRCPT TO:<victim@evil.example>" },
        { "to", "a@example.com>\r\nRCPT TO:<victim@evil.example" },
        { "to", "\"a\r\nRCPT TO:<victim@evil.example>\"@example.com" },
        { "to", "\"a b\"@example.com" },
        { "to", "a@example.com\0" },
        { "to", "a@example.com, victim@evil.example" },
        { "to", "<a@example.com>, <victim@evil.example>" },
        { "to", "@relay.example:a@example.com" },
        { "to", "a%victim@evil.example@example.com" },
        { "to", "a@[127.0.0.1]" },
        { "to", "a@example.com SIZE=1" },
        { "to", "a@example..com" },
        { "to", "a@-example.com" },
        { "to", "a(comment)@example.com" },
        { "to", "Group: a@example.com;" },
        { "to", "a@example.com\u2028" + Injected },
        { "to", "Evil\r\n" + Injected + " <a@example.com>" },
        { "to", "=?utf-8?q?=0D=0ABcc:victim@evil.example?= a@example.com" },
        { "from", "shop@example.com\r\nSender: boss@example.com" },
        { "from", "shop@example.com>\r\nDATA\r\n<x" },
        { "replyTo", "a@example.com\r\n" + Injected },
        { "replyTo", "a@example.com\n\n<script>" },
        { "subject", "Hello\r\n" + Injected },
        { "subject", "Hello\n" + Injected },
        { "subject", "Hello\r" + Injected },
        { "subject", "Hello\r\n\r\nA text of its own" },
        { "subject", "Hello\0" },
        { "subject", "Hello\u2029" + Injected },
        { "subject", "=?utf-8?B?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=" },
        { "header", "X-Note\r\n" + Injected + "|value" },
        { "header", "X-Note|value\r\n" + Injected },
        { "header", "X-Note|value\n\nText" },
        { "header", "Bcc|victim@evil.example" },
        { "header", "X Note|value" },
        { "messageId", "id@example.com>\r\n" + Injected },
        { "messageId", "id example.com" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_would_begin_a_header_or_a_command_of_its_own_is_refused(string where, string payload)
    {
        await using var sink = new SmtpSink();
        var refusal = await Assert.ThrowsAsync<MailException>(() => Sender(sink).SendAsync(With(where, payload), CancellationToken.None));

        Assert.False(refusal.Retryable);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Empty(sink.Mails);
    }

    /// <summary>Each is content and stays content.</summary>
    public static TheoryData<string, string> Harmless => new()
    {
        { "text", "Hello\r\n.\r\nMAIL FROM:<victim@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA\r\n" },
        { "text", ".\r\n.\r\n..\r\n" },
        { "text", "\n.\nRSET\nMAIL FROM:<victim@evil.example>\n" },
        { "html", "<p>\r\n.\r\nQUIT\r\n</p>" },
        { "subject", "Приказ № 5: «Стулья» 🪑 and a subject that is so long that it has to be folded somewhere, because lines of headers are short" },
        { "to", "Анна <anna@example.com>" },
        { "to", "Anna, the second <anna@example.com>" },
        { "file", "a\r\nContent-Type: text/html.pdf" },
        { "file", "../../etc/passwd\"; filename=\"evil.exe" },
        { "fileType", "text/plain\r\n" + Injected },
        { "fileType", "message/rfc822" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task What_is_content_reaches_the_server_as_content(string where, string payload)
    {
        await using var sink = new SmtpSink();
        await Sender(sink).SendAsync(With(where, payload), CancellationToken.None);

        var mail = Assert.Single(sink.Mails);
        Assert.Equal(["EHLO", "MAIL", "RCPT", "DATA"], mail.Commands.Select(c => c.Split(' ')[0]));
        Assert.Equal(["anna@example.com"], mail.To);
        Assert.Equal(
            ["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to"],
            mail.Headers.Select(h => h.Name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        Assert.All(mail.Text.Split("\r\n"), line => Assert.True(line.Length <= 998 && !line.Contains('\n', StringComparison.Ordinal) && line.All(c => c < 128), line));
        if (where == "text") Assert.Equal(payload.ReplaceLineEndings("\n"), mail.Parts[0].ReplaceLineEndings("\n"));
        if (where == "html") Assert.Equal(payload, mail.Parts[1]);
    }

    [Fact]
    public async Task Fifty_one_recipients_are_too_many()
    {
        await using var sink = new SmtpSink();
        var mail = With("text", "Hello") with { To = [.. Enumerable.Range(0, 51).Select(i => $"a{i}@example.com")] };

        Assert.Equal("mail.recipients", (await Assert.ThrowsAsync<MailException>(() => Sender(sink).SendAsync(mail, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task Of_several_addresses_those_that_are_refused_are_named_and_the_others_get_the_mail_once()
    {
        await using var sink = new SmtpSink();
        sink.Reply(line => line.Contains("bad@", StringComparison.Ordinal) ? "550 nobody" : null);
        var answer = await Sender(sink).SendAsync(With("text", "Hello") with { To = ["good@example.com", "bad@example.com"] }, CancellationToken.None);

        Assert.Equal(["bad@example.com"], answer.Refused);
        Assert.Equal(["good@example.com"], Assert.Single(sink.Mails).To);
    }

    [Theory]
    [InlineData("a@example.com", "a@example.com")]
    [InlineData(" Shop <shop@Example.COM> ", "Shop <shop@example.com>")]
    [InlineData("\"The Shop\" <shop@example.com>", "The Shop <shop@example.com>")]
    [InlineData("o'neil+tag@sub.example.com", "o'neil+tag@sub.example.com")]
    [InlineData("a@пример.рф", "a@xn--e1afmkfd.xn--p1ai")]
    [InlineData("root@localhost", "root@localhost")]
    public void Addresses_as_people_write_them_are_understood(string text, string expected) => Assert.Equal(expected, Mailbox.TryParse(text)?.ToString());

    private static OutgoingMail With(string where, string payload)
    {
        var mail = new OutgoingMail("crm.1@example.com", "Shop <shop@example.com>", ["anna@example.com"], "Hello", "Hello")
        {
            ReplyTo = "answers@example.com",
            Html = "<p>Hello</p>",
            Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" },
            Files = [new("a.pdf", "application/pdf", Encoding.UTF8.GetBytes("content"))],
        };
        return where switch
        {
            "to" => mail with { To = [payload] },
            "from" => mail with { From = payload },
            "replyTo" => mail with { ReplyTo = payload },
            "subject" => mail with { Subject = payload },
            "text" => mail with { Text = payload },
            "html" => mail with { Html = payload },
            "file" => mail with { Files = [new(payload, "application/pdf", [1])] },
            "fileType" => mail with { Files = [new("a", payload, [1])] },
            "messageId" => mail with { MessageId = payload },
            _ => mail with { Headers = new Dictionary<string, string> { [payload.Split('|')[0]] = payload.Split('|')[1] } },
        };
    }

    private static SmtpMailSender Sender(SmtpSink sink) => new(new Monitor(new() { Server = sink.Address, Tls = "off", From = "shop@example.com" }));

    private sealed class Monitor(MailOptions value) : IOptionsMonitor<MailOptions>
    {
        public MailOptions CurrentValue => value;

        public MailOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<MailOptions, string?> listener) => null;
    }
}
