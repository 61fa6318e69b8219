using System.Text.Json;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>One robot's turn: enabled? delay over? condition true? settings filled? Then its work. Every answer is recorded.</summary>
internal sealed class RobotStep(UnitOfWork work, RobotCatalogue robots, ISender sender, RunMemory memory, RobotRunLog log, RunValues values, RunVariables variables, TimeProvider clock)
{
    /// <returns>Whether the track goes on now.</returns>
    public async Task<bool> RunAsync(Run run, Item item, RobotPlan plan, RobotRun robotRun, TrackJob? job, Resume resume, CancellationToken ct)
    {
        switch (resume)
        {
            case Resume.Waited: return Done(robotRun, null);
            case Resume.Sent: return await SentAsync(run, robotRun, job!, ct);
            case Resume.Skip: return Skip(robotRun, "person.skipped", $"{work.Portal.PersonName(job!.By ?? 0)} skipped it.");
            case Resume.MarkDone: return Done(robotRun, null, "person.done", $"{work.Portal.PersonName(job!.By ?? 0)} marked it done.");
            case Resume.Retry: robotRun.Attempt++; break;
        }

        if (!plan.Enabled) return Skip(robotRun, "robot.disabled", "The robot is switched off.");
        if (plan.Delay is { IsNone: false, After: { } delay } && resume == Resume.Next)
        {
            log.Wait(run, robotRun, work.Now + delay.Length, Resume.Due, "delay");
            return false;
        }

        var started = clock.GetTimestamp();
        robotRun.StartedAt = work.Now;
        var source = await values.OpenAsync(new(item, run) { Results = (key, name) => ResultOf(run, key, name) }, plan.References, plan.ReadsChanges, ct);
        var context = values.ContextOf(item, robotRun.Id);
        if (plan.ConditionProblems is [var broken, ..]) return await FailAsync(run, robotRun, "condition.unknown", broken.Message, ct);
        if (plan.Condition is { } condition)
        {
            var (holds, operands, failure) = ConditionRecord.Evaluate(condition, source, context);
            robotRun.Operands = operands;
            if (failure is not null) return await FailAsync(run, robotRun, "condition.unknown", failure.Message, ct);
            if (!holds) return Skip(robotRun, "condition.false", "The condition is not true.");
        }

        if (robots.Find(plan.Type) is not { } robot) return await FailAsync(run, robotRun, "robot.unknown", $"There is no robot {plan.Type}.", ct);

        var (settings, problem) = SettingsFiller.Fill(plan, robot, source, context);
        if (settings is null) return await FailAsync(run, robotRun, "settings.unresolved", problem!, ct);

        robotRun.Settings = SettingsFiller.ToJson(settings);

        work.Caller.Become(run.RunAs, isAdmin: true, Origin.Robot, new(run.ChainId, run.Depth + 1, run.ChainCount, run.Id, robotRun.Id) { HoldUntil = run.HoldUntil });
        robotRun.EffectKey ??= robot.Descriptor.Kind == RobotKind.State ? null : Guid.CreateVersion7(work.Now);
        var robotContext = new RobotContext(sender, work, item, run.Id, robotRun.Id, plan.Name, robotRun.EffectKey ?? Guid.Empty)
        {
            Place = $"{StageAutomation.KeyOf(run.TypeId, run.StageId)}/{plan.Key}",
            Evaluation = context,
        };
        return robot.Descriptor.Kind == RobotKind.State
            ? await ConcludeAsync(run, robotRun, await robot.RunAsync(settings, robotContext, ct), started, ct)
            : Send(run, robotRun, robot, await robot.PrepareAsync(settings, robotContext, ct));
    }

    private async Task<bool> ConcludeAsync(Run run, RobotRun robotRun, Outcome outcome, long started, CancellationToken ct)
    {
        robotRun.DurationUs = (int)Math.Min(int.MaxValue, clock.GetElapsedTime(started).TotalMicroseconds);
        switch (outcome)
        {
            case Outcome.Done done:
                if (done.Variables.Count > 0) variables.Set(run, done.Variables);
                return Done(robotRun, done.Results);
            case Outcome.Skipped skipped: return Skip(robotRun, skipped.Code, skipped.Why);
            case Outcome.Wait wait:
                log.Wait(run, robotRun, wait.Until, Resume.Waited, "wait");
                return false;
            case Outcome.Failed failed:
                await log.FailAsync(run, robotRun, failed.Code, failed.Message, failed.Retryable, ct);
                return false;
            default: throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is not known.");
        }
    }

    private bool Send(Run run, RobotRun robotRun, IRobot robot, PreparedEffect effect)
    {
        if (effect.Skipped is { } skipped) return Skip(robotRun, skipped.Code, skipped.Why);

        var due = run.HoldUntil is { } hold && hold > work.Now ? hold : work.Now;
        work.Changes.Add(work.Changes.NewDeliveries, new Delivery
        {
            EffectKey = robotRun.EffectKey!.Value,
            LaneId = LaneId.Of(new(run.TypeId, run.ItemId)).Number,
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            RunId = run.Id,
            RobotRunId = robotRun.Id,
            RobotName = robotRun.Name,
            EffectKind = effect.Kind,
            Exact = robot.Descriptor.Kind == RobotKind.ExactEffect,
            Destination = effect.Destination,
            Request = effect.RequestJson,
            DueAt = due,
            CreatedAt = work.Now,
        });
        (robotRun.State, robotRun.DueAt, robotRun.Code) = (RobotRunState.Sending, due, "effect.outbox");
        log.Save(robotRun);
        work.Hint(Topics.Outbox);
        return false;
    }

    private async Task<bool> SentAsync(Run run, RobotRun robotRun, TrackJob job, CancellationToken ct)
    {
        if (job.Delivered)
        {
            robotRun.Results = job.Results;
            return Done(robotRun, null, null, job.Message);
        }

        // The outbox has tried as often as it may; only a person helps now.
        robotRun.Attempt = RobotRunLog.MostAttempts;
        return await FailAsync(run, robotRun, job.Unknown ? "effect.unknown" : "effect.failed", job.Message ?? "It could not be delivered.", ct);
    }

    private bool Done(RobotRun robotRun, IReadOnlyDictionary<string, Value>? results, string? code = null, string? message = null)
    {
        if (results is { Count: > 0 }) robotRun.Results = ToJson(results);
        log.Close(robotRun, RobotRunState.Done, code, message);
        return true;
    }

    private bool Skip(RobotRun robotRun, string code, string why)
    {
        log.Close(robotRun, RobotRunState.Skipped, code, why);
        return true;
    }

    private async Task<bool> FailAsync(Run run, RobotRun robotRun, string code, string message, CancellationToken ct)
    {
        await log.FailAsync(run, robotRun, code, message, retryable: false, ct);
        return false;
    }

    private Value? ResultOf(Run run, string robotKey, string name)
    {
        if (memory.RobotRunsOf(run.Id).LastOrDefault(r => r.RobotKey == robotKey) is not { Results: { } results } found) return null;

        using var json = JsonDocument.Parse(results);
        if (!json.RootElement.TryGetProperty(name, out var result)) return null;

        // The robot says what kind its result is of; without a word about it the JSON decides.
        return robots.Find(found.RobotType) is { } robot && RobotResults.Find(robot, found.RawSettings, name) is { } field ? ValueJson.Read(result, field) : Read(result);
    }

    private static Value Read(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(result.GetDecimal()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.String => Value.Of(result.GetString()),
        JsonValueKind.Array => Value.Of(result.EnumerateArray().Select(Read)),
        _ => Value.Null,
    };

    private static string ToJson(IReadOnlyDictionary<string, Value> results)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in results)
            {
                json.WritePropertyName(name);
                ValueJson.Write(json, value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
