using System.Data;
using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>One transaction that several scopes work in and that ends by a rollback. It waits for nobody longer than a moment.</summary>
internal sealed class RehearsalStore(NpgsqlDataSource database) : IRehearsalStore
{
    public async Task<IRehearsalTransaction> BeginAsync(CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
            await using var limits = new NpgsqlCommand("set local lock_timeout = '2s'; set local statement_timeout = '10s'; set local idle_in_transaction_session_timeout = '30s'", connection, transaction);
            await limits.ExecuteNonQueryAsync(ct);
            return new Rehearsed(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private sealed class Rehearsed(NpgsqlConnection connection, NpgsqlTransaction transaction) : IRehearsalTransaction
    {
        private const string Mark = "step";

        public async Task JoinAsync(IServiceProvider scope, CancellationToken ct)
        {
            ((WorkStore)scope.GetRequiredService<IWorkStore>()).Join(connection, transaction);
            var db = scope.GetRequiredService<CrmDbContext>();
            db.Database.SetDbConnection(connection);
            await db.Database.UseTransactionAsync(transaction, ct);
        }

        public Task MarkAsync(CancellationToken ct) => transaction.SaveAsync(Mark, ct);

        public Task RollBackToMarkAsync(CancellationToken ct) => transaction.RollbackAsync(Mark, ct);

        public bool IsBusy(Exception failure) =>
            failure is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } || (failure.InnerException is { } inner && IsBusy(inner));

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
