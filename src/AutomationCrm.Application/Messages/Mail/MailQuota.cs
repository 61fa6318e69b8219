using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Most mails in an hour (A13): a wrong robot must not send to the whole world.</summary>
public sealed class MailQuota(IServiceScopeFactory scopes, IOptions<MailOptions> options, TimeProvider clock)
{
    public async Task<bool> IsSpentAsync(CancellationToken ct)
    {
        if (options.Value.PerHour <= 0) return false;

        await using var scope = scopes.CreateAsyncScope();
        var since = clock.GetUtcNow() - TimeSpan.FromHours(1);
        return await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Mails.CountAsync(m => m.Direction == MailMessage.Out && m.SentAt > since, ct) >= options.Value.PerHour;
    }
}
