using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Automation.Effects;

/// <summary>Sends what lies in the outbox. A started delivery without an outcome is repeated with its key (kind E) or becomes an incident (kind X) when its node is lost.</summary>
public sealed class DeliveryWorker(IDeliveryStore store, IEnumerable<IEffectSender> senders, IServiceScopeFactory scopes, IAfterCommit afterCommit, TimeProvider clock, ILogger<DeliveryWorker> log)
{
    public const int MostAttempts = 8;

    private readonly Dictionary<string, IEffectSender> senders = senders.ToDictionary(s => s.Kind);

    /// <summary>Takes and sends up to <paramref name="most"/> deliveries side by side; answers how many.</summary>
    public async Task<int> RunOnceAsync(int node, int most, CancellationToken ct)
    {
        var claimed = await store.ClaimAsync(node, most, ct);
        await Task.WhenAll(claimed.Select(c => SendAsync(c, ct)));
        return claimed.Count;
    }

    private async Task SendAsync(ClaimedDelivery claimed, CancellationToken ct)
    {
        var (delivery, started) = (claimed.Delivery, clock.GetTimestamp());
        var at = clock.GetUtcNow();
        SendResult result;
        try
        {
            result = senders.TryGetValue(delivery.EffectKind, out var sender)
                ? await sender.SendAsync(delivery.Request, delivery.EffectKey, delivery.Attempt, ct)
                : new(null, null, $"Nothing here can send {delivery.EffectKind}.", Retryable: false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(failure, "Delivery {EffectKey} failed", delivery.EffectKey);
            result = new(null, null, failure.Message, Retryable: true);
        }

        var attempt = new DeliveryAttempt
        {
            EffectKey = delivery.EffectKey,
            Attempt = delivery.Attempt,
            StartedAt = at,
            DurationMs = (int)clock.GetElapsedTime(started).TotalMilliseconds,
            Status = result.Status,
            Response = result.Response,
            Error = result.Error,
            ByPerson = delivery.ByPerson,
        };
        var outcome = await DecideAsync(claimed, result, attempt, ct);
        if (await store.CompleteAsync(outcome, CancellationToken.None))
            afterCommit.Committed(outcome.JobArgs is not null, newDeliveries: false, [Topics.Outbox, Topics.Item(new(delivery.TypeId, delivery.ItemId)), .. outcome.State == DeliveryState.Failed ? [Topics.Attention] : Array.Empty<string>()]);
        else
            log.LogWarning("Delivery {EffectKey} was taken by another node; its result is dropped", delivery.EffectKey);
    }

    private async Task<DeliveryOutcome> DecideAsync(ClaimedDelivery claimed, SendResult result, DeliveryAttempt attempt, CancellationToken ct)
    {
        var delivery = claimed.Delivery;
        if (!result.Succeeded && result.Retryable && !delivery.Exact && delivery.Attempt < MostAttempts)
        {
            var pause = result.RetryAfter is { } asked && asked < TimeSpan.FromHours(1) ? asked : RobotRunLog.Pause(delivery.Attempt);
            return new(claimed, DeliveryState.Waiting, attempt, clock.GetUtcNow() + pause, null, null);
        }

        var (track, position) = await PlaceAsync(delivery.RobotRunId, ct);
        var job = new TrackJob(delivery.RunId, track, position, delivery.RobotRunId, Resume.Sent)
        {
            Delivered = result.Succeeded,
            Results = result.Succeeded ? ResultsJson(result) : null,
            Message = result.Succeeded ? result.Status is { } status ? $"Answered {status}." : "Delivered." : result.Error,
        };
        return new(claimed, result.Succeeded ? DeliveryState.Delivered : DeliveryState.Failed, attempt, null, TrackJob.Kind, job.ToJson());
    }

    private async Task<(int Track, int Position)> PlaceAsync(long robotRunId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var place = await db.RobotRuns.AsNoTracking().Where(r => r.Id == robotRunId).Select(r => new { r.Track, r.Position }).SingleAsync(ct);
        return (place.Track, place.Position);
    }

    private static string? ResultsJson(SendResult result)
    {
        if (result.Results.Count == 0) return null;

        var json = new System.Text.Json.Nodes.JsonObject();
        foreach (var (name, value) in result.Results) json[name] = ValueJson.ToNode(value);
        return json.ToJsonString();
    }
}
