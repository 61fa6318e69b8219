using System.Buffers.Text;
using System.Security.Cryptography;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Names of our mails: the Message-ID is made from the effect, so that every attempt has the same one; the token is random.</summary>
public static class MailIds
{
    private const string Prefix = "crm.";

    public static string MessageId(Guid mail, string domain) => $"{Prefix}{mail:N}@{domain}";

    /// <summary>The mail that a Message-ID of ours names; null when it is not one of ours.</summary>
    public static Guid? MailOf(string messageId)
    {
        var text = messageId.AsSpan().Trim().Trim("<>");
        return text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && text.Length > Prefix.Length + 32 && text[Prefix.Length + 32] == '@' && Guid.TryParseExact(text.Slice(Prefix.Length, 32), "N", out var id) ? id : null;
    }

    /// <summary>128 random bits as 22 characters that may stand in an address.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static bool IsToken(string text) => text.Length == 22 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
