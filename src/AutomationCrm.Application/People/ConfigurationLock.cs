using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AutomationCrm.Application.People;

internal static class ConfigurationLock
{
    /// <summary>
    /// Begins a transaction in which nobody else changes people or configuration: raising the stamp locks its row until the commit.
    /// Rules that look at several rows (last administrator, no cycle) hold that way also for two administrators at once.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginConfigurationAsync(this CrmDbContext db, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.ConfigurationStamps.ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, s => s.Value + 1), ct);
        return transaction;
    }
}
