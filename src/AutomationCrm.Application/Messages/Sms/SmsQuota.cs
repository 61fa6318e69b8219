using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Messages.Sms;

/// <summary>How text messages go out; configuration section <c>Crm:Sms</c>.</summary>
public sealed class SmsOptions
{
    public const string Section = "Crm:Sms";

    /// <summary>Most text messages to one number in an hour; the others wait. 0 is no limit.</summary>
    public int PerRecipientHour { get; init; } = 10;
}

/// <summary>Most text messages to one number in an hour.</summary>
public sealed class SmsQuota(IServiceScopeFactory scopes, IOptionsMonitor<SmsOptions> options, TimeProvider clock)
{
    public async Task<bool> IsSpentForAsync(string number, CancellationToken ct)
    {
        if (options.CurrentValue.PerRecipientHour is var most && most <= 0) return false;

        await using var scope = scopes.CreateAsyncScope();
        var (since, end) = (clock.GetUtcNow() - TimeSpan.FromHours(1), $": {number}");
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        return await db.Deliveries.CountAsync(d => d.EffectKind == SmsRequest.EffectKind && (d.State == DeliveryState.Delivered || d.State == DeliveryState.Unknown) && d.FinishedAt > since && d.Destination.EndsWith(end), ct) >= most;
    }
}
