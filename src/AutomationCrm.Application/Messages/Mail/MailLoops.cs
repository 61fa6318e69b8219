using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Keeps machines from writing to each other for ever (attack list A22).</summary>
internal sealed class MailLoops(CrmDbContext db, IMailSender sender, IOptionsMonitor<MailOptions> mail, IOptionsMonitor<MailboxOptions> mailbox, TimeProvider clock)
{
    private const int MostOfOurs = 20;

    /// <summary>Why a mail starts nothing; null when it may.</summary>
    public async Task<string?> ReasonAsync(IncomingMail incoming, CancellationToken ct)
    {
        if (MailIds.MailOf(incoming.MessageId) is not null || IsOurs(incoming.From)) return "loop.own";
        if (incoming.IsAutomatic) return "loop.auto";
        if (incoming.Answers.Count(a => MailIds.MailOf(a) is not null) > MostOfOurs) return "loop.chain";

        var (from, since) = (incoming.From.ToLowerInvariant(), clock.GetUtcNow() - TimeSpan.FromHours(1));
        return mailbox.CurrentValue.PerSenderAndHour is > 0 and var most && await db.Mails.CountAsync(m => m.Direction == MailMessage.In && m.FromAddress == from && m.At > since, ct) >= most ? "loop.many" : null;
    }

    private bool IsOurs(string address) => new[] { sender.From, mail.CurrentValue.ReplyTo }.Select(Mailbox.TryParse).Any(m => m is not null && m.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
}
