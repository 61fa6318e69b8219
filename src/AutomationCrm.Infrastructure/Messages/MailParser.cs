using System.Security.Cryptography;
using System.Text;
using AutomationCrm.Application.Messages.Mail;
using MimeKit;
using MimeKit.Text;

namespace AutomationCrm.Infrastructure.Messages;

/// <summary>Reads a mail as it came over the wire; whatever is too long, too deep or not there is cut or replaced, never an error.</summary>
internal static class MailParser
{
    private const int MostSubject = 500;
    private const int MostFileBytes = 20 * 1024 * 1024;
    private const int MostAnswers = 100;

    /// <summary>Null when it is no mail, or has no sender that could be answered.</summary>
    public static IncomingMail? Read(byte[] raw, DateTimeOffset now)
    {
        try
        {
            return Parse(raw, now);
        }
        catch (Exception failure) when (failure is FormatException or ParseException or NotSupportedException)
        {
            return null;
        }
    }

    private static IncomingMail? Parse(byte[] raw, DateTimeOffset now)
    {
        using var stream = new MemoryStream(raw, writable: false);
        using var message = MimeMessage.Load(new ParserOptions { MaxMimeDepth = 20 }, stream);
        if ((message.From.Mailboxes.FirstOrDefault() ?? message.Sender)?.Address is not { Length: > 0 } from || !from.Contains('@', StringComparison.Ordinal)) return null;

        return new(
            message.MessageId is { Length: > 0 and <= 900 } id ? Line(id) : $"{Convert.ToHexStringLower(SHA256.HashData(raw))}@none",
            Line(from).ToLowerInvariant(),
            Cut(Line(message.From.Mailboxes.FirstOrDefault()?.Name ?? ""), 200),
            [.. Recipients(message).Distinct(StringComparer.OrdinalIgnoreCase).Take(50)],
            Cut(Line(message.Subject ?? ""), MostSubject),
            Cut(Storable(TextOf(message)), IncomingMail.MostText),
            now)
        {
            Answers = [.. new[] { message.InReplyTo }.Concat(message.References.Reverse()).Where(a => !string.IsNullOrEmpty(a)).Select(a => Line(a!)).Take(MostAnswers)],
            IsAutomatic = IsAutomatic(message),
            Files = [.. Files(message)],
        };
    }

    private static IEnumerable<string> Recipients(MimeMessage message) =>
        message.To.Mailboxes.Concat(message.Cc.Mailboxes).Select(m => Line(m.Address)).Concat(message.Headers.Where(h => h.Field.ToUpperInvariant() is "DELIVERED-TO" or "X-ORIGINAL-TO" or "ENVELOPE-TO").Select(h => Line(h.Value).Trim().Trim('<', '>')));

    private static bool IsAutomatic(MimeMessage message)
    {
        string Header(string name) => message.Headers[name]?.Trim().ToUpperInvariant() ?? "";
        return Header("Auto-Submitted") is { Length: > 0 } auto && auto != "NO"
            || Header("Precedence") is "BULK" or "JUNK" or "LIST" or "AUTO_REPLY"
            || Header("Return-Path") == "<>"
            || message.Headers.Contains("List-Id") || message.Headers.Contains("X-Autoreply") || message.Headers.Contains("X-Autorespond")
            || message.Body is MultipartReport;
    }

    private static string TextOf(MimeMessage message)
    {
        if (message.TextBody is { } text) return text.ReplaceLineEndings("\n");
        return message.HtmlBody is { } html ? Plain(html) : "";
    }

    /// <summary>The words of a page; nothing of it is ever shown as HTML.</summary>
    private static string Plain(string html)
    {
        var text = new StringBuilder();
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var hidden = false;
        while (text.Length < IncomingMail.MostText && tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (tag.Id is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Head or HtmlTagId.Title) hidden = !tag.IsEndTag && !tag.IsEmptyElement;
                else if (tag.Id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI) text.Append('\n');
            }
            else if (!hidden && token is HtmlDataToken data and not HtmlScriptDataToken and not HtmlCDataToken)
            {
                text.Append(data.Data.ReplaceLineEndings(" "));
            }
        }

        return text.ToString().Trim();
    }

    private static IEnumerable<IncomingFile> Files(MimeMessage message)
    {
        foreach (var part in message.Attachments.OfType<MimePart>().Take(IncomingMail.MostFiles))
        {
            using var content = new MemoryStream();
            part.Content?.DecodeTo(content);
            if (content.Length is > 0 and <= MostFileBytes) yield return new(FileName(part.FileName), Line(part.ContentType.MimeType), content.ToArray());
        }
    }

    private static string FileName(string? name)
    {
        var safe = string.Concat(Line(name ?? "").Select(c => c is '/' or '\\' ? '_' : c)).Trim();
        return safe.Length == 0 ? "file" : Cut(safe, 200);
    }

    private static string Line(string text) => Storable(HeaderText.OneLine(text));

    // PostgreSQL's text has neither NUL nor halves of characters.
    private static string Storable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
