using System.Data.Common;
using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Data;

/// <summary>A change of configuration that programs may safely repeat: a command id of theirs is done once (invariant I3).</summary>
public interface IOnce;

/// <summary>What <see cref="CommandBehavior{TRequest, TResponse}"/> is for items, for configuration that programs change: id, change and answer are one commit.</summary>
internal sealed class OnceBehavior<TRequest, TResponse>(CrmDbContext db, IWorkStore store, Caller caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private const string UniqueViolation = "23505";

    public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken) =>
        request is IOnce && caller is { Origin: Origin.Rest, CommandId: { } id } && db.Database.CurrentTransaction is null ? OnceAsync(id, next, cancellationToken) : next(cancellationToken);

    private async Task<TResponse> OnceAsync(Guid id, RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        if (await store.FindAnswerAsync(id, ct) is { } stored) return Read(stored);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            // The same id at the same moment waits here for the first one's end.
            await db.Database.ExecuteSqlAsync($"insert into command_log (command_id, at) values ({id}, now())", ct);
        }
        catch (DbException repeated) when (repeated.SqlState == UniqueViolation)
        {
            await transaction.RollbackAsync(ct);
            return Read(await store.FindAnswerAsync(id, ct) ?? throw new RepeatedCommandException(id));
        }

        var answer = await next(ct);
        await db.Database.ExecuteSqlAsync($"update command_log set answer = {JsonSerializer.Serialize(answer)}::jsonb where command_id = {id}", ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    private static TResponse Read(string json) => JsonSerializer.Deserialize<TResponse>(json)!;
}
