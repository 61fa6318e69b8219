using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Most mails in an hour, and most to one address (A13): a wrong robot must send neither to the whole world nor to one person without end.</summary>
public sealed class MailQuota(IServiceScopeFactory scopes, IOptions<MailOptions> options, TimeProvider clock)
{
    public async Task<bool> IsSpentAsync(CancellationToken ct)
    {
        if (options.Value.PerHour <= 0) return false;

        await using var scope = scopes.CreateAsyncScope();
        var since = clock.GetUtcNow() - TimeSpan.FromHours(1);
        return await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Mails.CountAsync(m => m.Direction == MailMessage.Out && m.SentAt > since, ct) >= options.Value.PerHour;
    }

    /// <summary>Whether one of the recipients has got as many as an address may.</summary>
    public async Task<bool> IsSpentForAsync(IReadOnlyList<string> recipients, CancellationToken ct)
    {
        if (options.Value.PerRecipientHour <= 0) return false;

        await using var scope = scopes.CreateAsyncScope();
        var since = clock.GetUtcNow() - TimeSpan.FromHours(1);
        var sent = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Mails.AsNoTracking().Where(m => m.Direction == MailMessage.Out && m.SentAt > since).Select(m => m.ToAddresses).ToListAsync(ct);
        var counts = sent.SelectMany(Addresses).GroupBy(a => a, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Count(), StringComparer.OrdinalIgnoreCase);
        return recipients.SelectMany(Addresses).Any(a => counts.GetValueOrDefault(a) >= options.Value.PerRecipientHour);
    }

    private static IEnumerable<string> Addresses(string list) => Mailbox.ParseList(list).Addresses.Select(a => a.Address).Distinct(StringComparer.OrdinalIgnoreCase);
}
