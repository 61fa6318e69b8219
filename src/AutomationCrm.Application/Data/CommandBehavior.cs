using System.Text.Json;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Ports;

namespace AutomationCrm.Application.Data;

/// <summary>
/// Writes a command as one whole. A command without an expectation of its own that meets a newer item is simply done again;
/// a command id that is known already gives the stored answer and has no second effect (invariant I3).
/// </summary>
internal sealed class CommandBehavior<TRequest, TResponse>(UnitOfWork work, IWorkStore store, IAfterCommit afterCommit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private const int Tries = 6;

    public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken) =>
        request is not ICommand ? next(cancellationToken)
        : work.InLane || work.Depth > 0 ? InsideAsync(next, cancellationToken)
        : OutermostAsync(next, cancellationToken);

    private async Task<TResponse> InsideAsync(RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        work.Depth++;
        var answer = await next(ct);
        // Still inside: what follows from the events belongs to this command.
        await work.RecordAsync(ct);
        work.Depth--;
        return answer;
    }

    private async Task<TResponse> OutermostAsync(RequestHandlerDelegate<TResponse> next, CancellationToken ct)
    {
        var (commandId, quiet) = (work.Caller.CommandId, work.Caller.Quiet);
        if (commandId is { } known && await store.FindAnswerAsync(known, ct) is { } stored) return Read(stored);

        for (var attempt = 1; ; attempt++)
        {
            work.Reset();
            try
            {
                var answer = await InsideAsync(next, ct);
                if (work.HasWrites || commandId is not null)
                {
                    var batch = work.ToBatch();
                    if (commandId is { } id) batch = batch with { Command = new(id, JsonSerializer.Serialize(answer)) };
                    await store.WriteAsync(batch, ct);
                    afterCommit.Committed(work.Changes.Jobs.Count + work.Changes.Signals.Count > 0, work.Changes.NewDeliveries.Count > 0 || work.Changes.SettledDeliveries.Count > 0, work.Hints);
                }

                return answer;
            }
            catch (StaleItemException) when (attempt < Tries)
            {
                // Somebody wrote in between: the handler reads again and decides again.
            }
            catch (RepeatedCommandException)
            {
                if (await store.FindAnswerAsync(commandId!.Value, ct) is { } answered) return Read(answered);
                throw;
            }
            finally
            {
                work.Depth = 0;
                (work.Caller.Quiet, work.Caller.Undoing) = (quiet, false);
                await store.RollBackLaneAsync();
            }
        }
    }

    private static TResponse Read(string json) => JsonSerializer.Deserialize<TResponse>(json)!;
}
