using System.Buffers;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Ports;
using MailMessage = System.Net.Mail.MailMessage;

namespace AutomationCrm.Infrastructure.Messages;

/// <summary>
/// Builds the message that goes to the server. The framework's own types let line breaks into headers, so every address and every header
/// is checked before it gets there (attack list A13).
/// </summary>
internal static class MailWriter
{
    private const int MostRecipients = 50;

    private static readonly SearchValues<char> Token = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    // These belong to the message itself.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Return-Path", "Received", "Resent-From", "Resent-To", "Resent-Cc", "Resent-Bcc", "Errors-To", "DKIM-Signature",
    };

    public static MailMessage Write(OutgoingMail mail)
    {
        if (mail.To.Count is 0 or > MostRecipients) throw Refused("mail.recipients", $"A mail goes to between 1 and {MostRecipients} addresses.");
        if (mail.Subject.Length > 500 || HeaderText.IsHostile(mail.Subject)) throw Refused("mail.subject", "The subject is not one short line of text.");
        if (mail.MessageId.Length is 0 or > 200 || mail.MessageId.Any(c => c is <= ' ' or > '~' or '<' or '>')) throw Refused("mail.header", "The message's id has characters that an id cannot have.");

        var message = new MailMessage
        {
            From = Address(mail.From),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        try
        {
            SetSubject(message, mail.Subject);
            foreach (var to in mail.To) message.To.Add(Address(to));
            if (mail.ReplyTo is { } reply) message.ReplyToList.Add(Address(reply));
            message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
            foreach (var (name, value) in mail.Headers) AddHeader(message, name, value);
            if (mail.Html is { } html) message.AlternateViews.Add(new(new MemoryStream(Encoding.UTF8.GetBytes(html)), new ContentType("text/html") { CharSet = "utf-8" }) { TransferEncoding = TransferEncoding.Base64 });
            foreach (var file in mail.Files) message.Attachments.Add(Attachment(file));
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>The framework decodes encoded words and then finds what they hide.</summary>
    private static void SetSubject(MailMessage message, string subject)
    {
        try
        {
            message.Subject = subject;
        }
        catch (ArgumentException)
        {
            throw Refused("mail.subject", "The subject hides characters that a subject cannot have.");
        }
    }

    private static MailAddress Address(string text) =>
        Mailbox.TryParse(text) is { } mailbox ? new(mailbox.Address, mailbox.Name, Encoding.UTF8) : throw Refused("mail.address", "An address is not one that mail can go to, such as name@example.com.");

    private static void AddHeader(MailMessage message, string name, string value)
    {
        if (name.Length is 0 or > 100 || name.AsSpan().ContainsAnyExcept(Token) || Ours.Contains(name)) throw Refused("mail.header", "A header's name is one that mails cannot set.");
        if (value.Length is 0 or > 900 || value.Any(c => c is < ' ' or > '~')) throw Refused("mail.header", $"The header {name} must be one short line of plain text.");
        message.Headers.Add(name, value);
    }

    private static Attachment Attachment(MailFile file)
    {
        var type = ContentTypeOf(file.MediaType);
        var attachment = new Attachment(new MemoryStream(file.Content), type) { TransferEncoding = TransferEncoding.Base64, NameEncoding = Encoding.UTF8 };
        attachment.Name = FileName(file.Name);
        attachment.ContentDisposition!.Inline = false;
        return attachment;
    }

    private static ContentType ContentTypeOf(string text)
    {
        try
        {
            return !HeaderText.IsHostile(text) && !text.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("message/", StringComparison.OrdinalIgnoreCase) ? new(text) : new(MediaTypeNames.Application.Octet);
        }
        catch (FormatException)
        {
            return new(MediaTypeNames.Application.Octet);
        }
    }

    private static string FileName(string name)
    {
        var safe = string.Concat(HeaderText.OneLine(name).Select(c => c is '/' or '\\' or '"' or ';' or ':' ? '_' : c)).Trim().Trim('.');
        return safe.Length is 0 ? "file" : safe.Length > 150 ? safe[^150..] : safe;
    }

    private static MailException Refused(string code, string message) => new(code, message, retryable: false);
}
