using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Waits;

/// <summary>Lets a waiting robot go on now; for whoever may change its item.</summary>
public sealed record RunWaitNow(long RobotRunId) : ICommand<Unit>;

/// <summary>Lets a robot wait until another moment; what waits for something to happen then waits at most so long.</summary>
public sealed record PostponeWait(long RobotRunId, DateTimeOffset Until) : ICommand<Unit>;

/// <summary>Cancels a waiting robot; those after it in its track do not run either.</summary>
public sealed record CancelWait(long RobotRunId) : ICommand<Unit>;

internal sealed class RunWaitNowValidator : AbstractValidator<RunWaitNow>
{
    public RunWaitNowValidator() => RuleFor(c => c.RobotRunId).GreaterThan(0).OverridePropertyName("robotRunId");
}

internal sealed class PostponeWaitValidator : AbstractValidator<PostponeWait>
{
    public PostponeWaitValidator() => RuleFor(c => c.RobotRunId).GreaterThan(0).OverridePropertyName("robotRunId");
}

internal sealed class CancelWaitValidator : AbstractValidator<CancelWait>
{
    public CancelWaitValidator() => RuleFor(c => c.RobotRunId).GreaterThan(0).OverridePropertyName("robotRunId");
}

internal sealed class RunWaitNowHandler(WaitDesk desk) : IRequestHandler<RunWaitNow, Unit>
{
    public async Task<Unit> Handle(RunWaitNow request, CancellationToken cancellationToken)
    {
        await desk.RunNowAsync(request.RobotRunId, cancellationToken);
        return Unit.Value;
    }
}

internal sealed class PostponeWaitHandler(WaitDesk desk) : IRequestHandler<PostponeWait, Unit>
{
    public async Task<Unit> Handle(PostponeWait request, CancellationToken cancellationToken)
    {
        await desk.PostponeAsync(request.RobotRunId, request.Until, cancellationToken);
        return Unit.Value;
    }
}

internal sealed class CancelWaitHandler(WaitDesk desk) : IRequestHandler<CancelWait, Unit>
{
    public async Task<Unit> Handle(CancelWait request, CancellationToken cancellationToken)
    {
        await desk.CancelAsync(request.RobotRunId, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Moves what waits, with the item's lane standing still, and writes down who did it.</summary>
internal sealed class WaitDesk(CrmDbContext db, IUnitOfWork work, RobotRunLog log, IAccess access)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    public async Task RunNowAsync(long id, CancellationToken ct)
    {
        var (run, robotRun) = await FindAsync(id, ct);
        var job = RobotRunLog.JobOf(run, robotRun, NowOf(robotRun)) with { By = work.Caller.PersonId };
        work.Changes.Add(work.Changes.StoppedTimers, robotRun.Id);
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(new(run.TypeId, run.ItemId)), TrackJob.Kind, job.ToJson()));
        robotRun.DueAt = work.Now;
        log.Save(robotRun);
        await NoteAsync("wait_run", run, robotRun, ct);
    }

    public async Task PostponeAsync(long id, DateTimeOffset until, CancellationToken ct)
    {
        var (run, robotRun) = await FindAsync(id, ct);
        if (until <= work.Now || until > work.Now + Longest) throw new RuleBrokenException("wait.moment", "The moment must lie in the future, at most ten years ahead.", "until");

        var due = until.ToUniversalTime();
        due = new(due.Ticks - (due.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        work.Changes.Add(work.Changes.StoppedTimers, robotRun.Id);
        (robotRun.DueAt, robotRun.Message) = (due, $"{work.Portal.PersonName(work.Caller.PersonId)} moved it.");
        log.Save(robotRun);
        log.AddTimer(run, robotRun, due, DueOf(robotRun));
        await NoteAsync("wait_postponed", run, robotRun, ct);
    }

    public async Task CancelAsync(long id, CancellationToken ct)
    {
        var (run, robotRun) = await FindAsync(id, ct);
        var why = $"{work.Portal.PersonName(work.Caller.PersonId)} cancelled it.";
        work.Changes.Add(work.Changes.CancelledRobotRuns, new(robotRun.Id, RobotRunState.Cancelled, "person.cancelled", why));
        run.OpenTracks--;
        if (run.OpenTracks <= 0) (run.State, run.FinishedAt, run.Message) = (RunState.Cancelled, work.Now, why);
        work.Changes.Add(work.Changes.ChangedRuns, run);
        work.Hint(Topics.Item(new(run.TypeId, run.ItemId)));
        await NoteAsync("wait_cancelled", run, robotRun, ct);
    }

    private async Task<(Run Run, RobotRun RobotRun)> FindAsync(long id, CancellationToken ct)
    {
        var place = await db.RobotRuns.AsNoTracking().Where(r => r.Id == id).Select(r => new { r.TypeId, r.ItemId, r.RunId }).FirstOrDefaultAsync(ct) ?? throw NotFound(id);
        var item = new ItemRef(place.TypeId, place.ItemId);
        await work.LockForCommandAsync([item], ct);
        access.Require(work.Caller, ItemAction.Update, await work.GetItemAsync(item, ct));

        // Only now nobody else can move it.
        var robotRun = await db.RobotRuns.AsNoTracking().FirstAsync(r => r.Id == id, ct);
        var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == place.RunId, ct);
        return robotRun.State is RobotRunState.Waiting or RobotRunState.Retrying && run.State == RunState.Running
            ? (run, robotRun)
            : throw new RuleBrokenException("wait.over", "It does not wait any more.", "robotRunId");
    }

    private async Task NoteAsync(string kind, Run run, RobotRun robotRun, CancellationToken ct) => work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
    {
        Id = await work.NextIdAsync(ct),
        TypeId = run.TypeId,
        ItemId = run.ItemId,
        Kind = kind,
        At = work.Now,
        ActorId = work.Caller.PersonId,
        Subject = robotRun.Name,
        RunId = run.Id,
        RobotRunId = robotRun.Id,
    });

    // Cut short, a delay is over; whatever else the robot waits for counts as having happened.
    private static Resume NowOf(RobotRun robotRun) => (robotRun.State, robotRun.Code) switch
    {
        (RobotRunState.Retrying, _) => Resume.Retry,
        (_, WaitCodes.Delay) => Resume.Due,
        _ => Resume.Waited,
    };

    private static Resume DueOf(RobotRun robotRun) => (robotRun.State, robotRun.Code) switch
    {
        (RobotRunState.Retrying, _) => Resume.Retry,
        (_, WaitCodes.Delay) => Resume.Due,
        (_, WaitCodes.Time) => Resume.Waited,
        _ => Resume.TimedOut,
    };

    private static NotFoundException NotFound(long id) => new("Wait", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
