using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>One robot's turn: enabled? delay over? condition true? settings filled? Then its work. Every answer is recorded.</summary>
internal sealed class RobotStep(UnitOfWork work, RobotCatalogue robots, ISender sender, RunResults results, RobotRunLog log, RobotEnding ending, RunValues values, TimeProvider clock)
{
    public async Task<StepEnd> RunAsync(Run run, Item item, RobotPlan plan, RobotRun robotRun, TrackJob? job, Resume resume, CancellationToken ct)
    {
        var turn = new Turn(run, item, plan, robotRun);
        switch (resume)
        {
            case Resume.Waited: return ending.Waited(turn, job!);
            case Resume.Sent: return await ending.SentAsync(turn, job!, ct);
            case Resume.Skip: return ending.Skip(robotRun, "person.skipped", $"{work.Portal.PersonName(job!.By ?? 0)} skipped it.");
            case Resume.MarkDone: return ending.Done(robotRun, null, "person.done", $"{work.Portal.PersonName(job!.By ?? 0)} marked it done.");
            case Resume.Retry: robotRun.Attempt++; break;
        }

        if (!plan.Enabled) return ending.Skip(robotRun, "robot.disabled", "The robot is switched off.");

        var waits = resume is Resume.Woken or Resume.TimedOut && robotRun.Code != WaitCodes.Delay;
        if (!waits && await DelayAsync(turn, resume, ct) is { } end) return end;
        return await WorkAsync(turn, waits ? job : null, ct);
    }

    /// <returns>Null when the delay is over or there is none.</returns>
    private async Task<StepEnd?> DelayAsync(Turn turn, Resume resume, CancellationToken ct)
    {
        var (run, item, plan, robotRun) = turn;
        if (plan.Delay is not { IsNone: false } delay || resume is not (Resume.Next or Resume.Woken or Resume.Due)) return null;
        if (resume == Resume.Due)
        {
            if (delay.Config.Recompute) log.EndWait(robotRun);
            return null;
        }

        var paths = delay.At?.References ?? [];
        var source = await values.OpenAsync(new(item, run) { Results = results.Of(run) }, paths, changes: false, ct);
        var answer = DelayClock.Compute(delay, source, values.ContextOf(item, robotRun.Id));
        if (answer.Until is { } until)
        {
            List<WaitSignal> signals = delay.Config.Recompute ? [.. paths.SelectMany(path => WaitSignal.Of(path, item, source.Linked)).Distinct()] : [];
            log.Wait(run, robotRun, until, Resume.Due, WaitCodes.Delay, signals);
            return StepEnd.Parked;
        }

        if (resume == Resume.Woken) log.EndWait(robotRun);
        if (answer.Problem is { } problem) return await ending.FailAsync(turn, problem.Code, problem.Message, retryable: false, ct);
        return answer.Skip is { } skip ? ending.Skip(robotRun, skip.Code, skip.Why) : null;
    }

    /// <param name="woken">Why a robot that waits is asked again; null for its first turn.</param>
    private async Task<StepEnd> WorkAsync(Turn turn, TrackJob? woken, CancellationToken ct)
    {
        var (run, item, plan, robotRun) = turn;
        var started = clock.GetTimestamp();
        robotRun.StartedAt ??= work.Now;
        var source = await values.OpenAsync(new(item, run) { Results = results.Of(run) }, plan.References, plan.ReadsChanges, ct);
        var context = values.ContextOf(item, robotRun.Id);
        if (woken is null && await JudgeAsync(turn, source, context, ct) is { } refused) return refused;
        if (robots.Find(plan.Type) is not { } robot) return await ending.FailAsync(turn, "robot.unknown", $"There is no robot {plan.Type}.", retryable: false, ct);

        var (settings, problem) = SettingsFiller.Fill(plan, robot, source, context);
        if (settings is null) return await ending.FailAsync(turn, "settings.unresolved", problem!, retryable: false, ct);

        robotRun.Settings = SettingsFiller.ToJson(settings);
        work.Caller.Become(run.RunAs, isAdmin: true, Origin.Robot, new(run.ChainId, run.Depth + 1, run.ChainCount, run.Id, robotRun.Id) { HoldUntil = run.HoldUntil });
        robotRun.EffectKey ??= robot.Descriptor.Kind == RobotKind.State ? null : Guid.CreateVersion7(work.Now);
        var robotContext = new RobotContext(sender, work, item, run.Id, robotRun.Id, plan.Name, robotRun.EffectKey ?? Guid.Empty)
        {
            Place = $"{StageAutomation.KeyOf(run.TypeId, run.StageId)}/{plan.Key}",
            Evaluation = context,
            Values = source,
            Linked = source.Linked,
        };
        if (robot.Descriptor.Kind != RobotKind.State) return ending.Send(turn, robot, await robot.PrepareAsync(settings, robotContext, ct));

        var outcome = woken is null ? await robot.RunAsync(settings, robotContext, ct) : await robot.ContinueAsync(settings, robotContext, results.Answer(robotRun, woken), ct);
        robotRun.DurationUs = (int)Math.Min(int.MaxValue, clock.GetElapsedTime(started).TotalMicroseconds);
        return await ending.ConcludeAsync(turn, outcome, woken is not null, ct);
    }

    /// <returns>Null when the robot may work.</returns>
    private async Task<StepEnd?> JudgeAsync(Turn turn, RunSource source, EvaluationContext context, CancellationToken ct)
    {
        if (turn.Plan.ConditionProblems is [var broken, ..]) return await ending.FailAsync(turn, "condition.unknown", broken.Message, retryable: false, ct);
        if (turn.Plan.Condition is not { } condition) return null;

        var (holds, operands, failure) = ConditionRecord.Evaluate(condition, source, context);
        turn.RobotRun.Operands = operands;
        if (failure is not null) return await ending.FailAsync(turn, "condition.unknown", failure.Message, retryable: false, ct);
        return holds ? null : ending.Skip(turn.RobotRun, "condition.false", "The condition is not true.");
    }
}

/// <summary>Whose turn it is.</summary>
internal sealed record Turn(Run Run, Item Item, RobotPlan Plan, RobotRun RobotRun);
