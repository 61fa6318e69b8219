using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Automation.Effects;

/// <summary>Sends what lies in the outbox. A started delivery without an outcome is repeated with its key (kind E) or becomes an incident (kind X) when its node is lost.</summary>
public sealed class DeliveryWorker(IDeliveryStore store, IEnumerable<IEffectSender> senders, DestinationGate gate, DeliveryPicker picker, IServiceScopeFactory scopes, IAfterCommit afterCommit, TimeProvider clock, StaleWriters stale, ILogger<DeliveryWorker> log)
{
    public const int MostAttempts = 8;

    private static readonly TimeSpan WriteAgain = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<(int Node, Guid Token)> unanswered = new();
    private readonly Dictionary<string, IEffectSender> senders = senders.ToDictionary(s => s.Kind);

    /// <summary>Takes and sends up to <paramref name="most"/> deliveries side by side and waits for all of them; answers how many.</summary>
    public async Task<int> RunOnceAsync(int node, int most, CancellationToken ct)
    {
        var underWay = await StartAsync(node, most, ct);
        await Task.WhenAll(underWay);
        return underWay.Count;
    }

    /// <summary>Takes up to <paramref name="most"/> deliveries and sends them without waiting: a slow destination holds up nobody else. The tasks never fail.</summary>
    public async Task<IReadOnlyList<Task>> StartAsync(int node, int most, CancellationToken ct)
    {
        await GiveBackAsync(ct);
        var picked = await picker.PickAsync(most, ct);
        if (picked.Count == 0) return [];

        var claimed = await ClaimAsync(node, picked, ct);
        var ours = claimed.Select(c => c.Delivery.EffectKey).ToHashSet();
        foreach (var lost in picked.Where(p => !ours.Contains(p.EffectKey))) gate.GiveBack(lost.Destination);
        return [.. claimed.Select(c => GuardedAsync(c, ct))];
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, IReadOnlyList<DueDelivery> picked, CancellationToken ct)
    {
        var token = Guid.CreateVersion7();
        try
        {
            return await store.ClaimAsync(node, token, [.. picked.Select(p => p.EffectKey)], ct);
        }
        catch
        {
            // They may be taken all the same. Nothing of it has begun, and this node lives on: nobody else would free them.
            unanswered.Enqueue((node, token));
            foreach (var delivery in picked) gate.GiveBack(delivery.Destination);
            throw;
        }
    }

    private async Task GiveBackAsync(CancellationToken ct)
    {
        while (unanswered.TryDequeue(out var claim))
        {
            try
            {
                await store.GiveBackAsync(claim.Node, claim.Token, ct);
            }
            catch
            {
                unanswered.Enqueue(claim);
                throw;
            }
        }
    }

    private async Task GuardedAsync(ClaimedDelivery claimed, CancellationToken ct)
    {
        try
        {
            await HandleAsync(claimed, ct);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Delivery {EffectKey} is left to the next node or start", claimed.Delivery.EffectKey);
        }
    }

    private async Task HandleAsync(ClaimedDelivery claimed, CancellationToken ct)
    {
        var delivery = claimed.Delivery;
        // A call that has begun is not broken off by a stopping node: its outcome would be unknown.
        var alive = true;
        try
        {
            var (result, attempt) = await SendAsync(delivery);
            if (result.Held is { } held)
            {
                await HoldAsync(claimed, held, ct);
                return;
            }

            alive = !result.Retryable;
            await CompleteAsync(claimed, result, attempt, ct);
        }
        finally
        {
            // Those that were turned away need not wait for the next look.
            if (gate.Leave(delivery.Destination, alive)) afterCommit.Committed(newJobs: false, newDeliveries: true, []);
        }
    }

    private async Task HoldAsync(ClaimedDelivery claimed, Held held, CancellationToken ct)
    {
        await WriteAsync(() => store.PostponeAsync(claimed, held.Pause, held.Code, CancellationToken.None), ct);
        if (claimed.Delivery.Held != held.Code) afterCommit.Committed(newJobs: false, newDeliveries: false, [Topics.Outbox]);
    }

    private async Task<(SendResult Result, DeliveryAttempt Attempt)> SendAsync(Delivery delivery)
    {
        var (started, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        SendResult result;
        try
        {
            result = senders.TryGetValue(delivery.EffectKind, out var sender)
                ? await sender.SendAsync(delivery.Request, delivery.EffectKey, delivery.Attempt, CancellationToken.None)
                : new(null, null, $"Nothing here can send {delivery.EffectKind}.", Retryable: false);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "Delivery {EffectKey} failed", delivery.EffectKey);
            result = new(null, null, failure.Message, Retryable: true);
        }

        return (result, new()
        {
            EffectKey = delivery.EffectKey,
            Attempt = delivery.Attempt,
            StartedAt = at,
            DurationMs = (int)clock.GetElapsedTime(started).TotalMilliseconds,
            Status = result.Status,
            Response = Storable(result.Response),
            Error = Storable(result.Error),
            ByPerson = delivery.ByPerson,
        });
    }

    private async Task CompleteAsync(ClaimedDelivery claimed, SendResult result, DeliveryAttempt attempt, CancellationToken ct)
    {
        var delivery = claimed.Delivery;
        var ours = false;
        DeliveryOutcome? outcome = null;
        await WriteAsync(async () => ours = await store.CompleteAsync(outcome ??= await DecideAsync(claimed, result, attempt), CancellationToken.None), ct);
        if (!ours)
        {
            stale.Refused(StaleWriters.Delivery);
            log.LogWarning("Delivery {EffectKey} was taken by another node; its result is dropped", delivery.EffectKey);
            return;
        }

        List<string> topics = [Topics.Outbox, Topics.Item(new(delivery.TypeId, delivery.ItemId))];
        if (outcome!.State is DeliveryState.Failed or DeliveryState.Unknown) topics.Add(Topics.Attention);
        afterCommit.Committed(outcome.JobArgs is not null || outcome.Then is not null, newDeliveries: false, topics);
    }

    /// <summary>What has happened outside must be written down, also when the database is away for a while.</summary>
    private async Task WriteAsync(Func<Task> write, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception failure) when (Transient.Is(failure) && !ct.IsCancellationRequested)
            {
                log.LogWarning(failure, "The outcome of a delivery is written again");
                await Task.Delay(WriteAgain, clock, CancellationToken.None);
            }
        }
    }

    private async Task<DeliveryOutcome> DecideAsync(ClaimedDelivery claimed, SendResult result, DeliveryAttempt attempt)
    {
        var delivery = claimed.Delivery;
        if (!result.Succeeded && result.Retryable && !delivery.Exact)
        {
            var (most, first) = await PolicyAsync(delivery);
            var pause = result.RetryAfter is { } asked && asked < TimeSpan.FromHours(1) ? asked : RobotRunLog.Pause(delivery.Attempt, first);
            if (delivery.Attempt < most) return new(claimed, DeliveryState.Waiting, attempt, pause, null, null);
        }

        var unknown = result is { Succeeded: false, Unknown: true } && delivery.Exact;
        var state = result.Succeeded ? DeliveryState.Delivered : unknown ? DeliveryState.Unknown : DeliveryState.Failed;
        // History may be gone when an old delivery is sent again by hand; the outcome is kept all the same.
        if (await PlaceAsync(delivery.RobotRunId) is not { } place) return new(claimed, state, attempt, null, null, null) { Then = result.Succeeded ? result.Then : null };

        var job = new TrackJob(delivery.RunId, place.Track, place.Position, delivery.RobotRunId, Resume.Sent)
        {
            Delivered = result.Succeeded,
            Unknown = unknown,
            Results = result.Succeeded ? ResultsJson(result) : null,
            Message = result.Succeeded ? result.Status is { } status ? $"Answered {status}." : "Delivered." : attempt.Error,
        };
        return new(claimed, state, attempt, null, TrackJob.Kind, job.ToJson()) { Then = result.Succeeded ? result.Then : null };
    }

    /// <summary>As configured for the robot; asked only after a failure.</summary>
    private async Task<(int MostAttempts, TimeSpan Pause)> PolicyAsync(Delivery delivery)
    {
        await using var scope = scopes.CreateAsyncScope();
        var memory = scope.ServiceProvider.GetRequiredService<RunMemory>();
        await memory.LoadRunsAsync([delivery.RunId], withRobotRuns: true, CancellationToken.None);
        var robotRun = memory.RobotRunsOf(delivery.RunId).FirstOrDefault(r => r.Id == delivery.RobotRunId);
        var automation = memory.Run(delivery.RunId) is { } run ? await memory.AutomationOfAsync(run, CancellationToken.None) : null;
        var policy = robotRun is null ? null : automation?.Tracks.ElementAtOrDefault(robotRun.Track)?.ElementAtOrDefault(robotRun.Position)?.OnError;
        return (policy?.IsAttemptsGiven == true ? policy.Attempts : MostAttempts, policy?.Pause ?? OnErrorPlan.Default.Pause);
    }

    private async Task<(int Track, int Position)?> PlaceAsync(long robotRunId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var place = await db.RobotRuns.AsNoTracking().Where(r => r.Id == robotRunId).Select(r => new { r.Track, r.Position }).SingleOrDefaultAsync();
        return place is null ? null : (place.Track, place.Position);
    }

    // PostgreSQL keeps neither NUL nor half a character; an answer from outside may hold anything.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Storable(string? text) => text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));

    private static string? ResultsJson(SendResult result)
    {
        if (result.Results.Count == 0) return null;

        var json = new System.Text.Json.Nodes.JsonObject();
        foreach (var (name, value) in result.Results) json[name] = ValueJson.ToNode(Storable(value));
        return json.ToJsonString();
    }

    private static Value Storable(Value value) => value switch
    {
        TextValue text => Value.Of(Storable(text.Text)),
        ListValue list => Value.Of(list.Items.Select(Storable)),
        _ => value,
    };
}
