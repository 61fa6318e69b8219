using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence;

/// <summary>Tells use cases by name which unique key refused their row; every other refusal stays what it is.</summary>
internal sealed class DoubledKeys : SaveChangesInterceptor
{
    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Tell(eventData.Exception);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Exception);
        return Task.CompletedTask;
    }

    private static void Tell(Exception failure)
    {
        if (failure is DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: { } key } })
            throw new DoubledKeyException(key, failure);
    }
}
