using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Moves one waiting run to the newest version of its stage's automation and answers the run in which it goes on. For administrators.</summary>
public sealed record MoveRunToLatest(long RunId) : ICommand<long>;

/// <summary>Moves the waiting runs of a stage to its newest version, each in its item's lane, and answers how many are tried. Those that cannot be moved stay as they are. For administrators.</summary>
public sealed record MoveRunsToLatest(int TypeId, string StageId) : ICommand<int>
{
    public const int AtOnce = 50;
    public const int Most = 2_000;

    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
}

/// <summary>How many runs of a stage are under way by an older version. For administrators.</summary>
public sealed record CountOldRuns(int TypeId, string StageId) : IRequest<int>;

internal sealed class MoveRunToLatestValidator : AbstractValidator<MoveRunToLatest>
{
    public MoveRunToLatestValidator() => RuleFor(c => c.RunId).GreaterThan(0).OverridePropertyName("run");
}

internal sealed class MoveRunsToLatestValidator : AbstractValidator<MoveRunsToLatest>
{
    public MoveRunsToLatestValidator() => RuleFor(c => c.StageId).NotEmpty();
}

internal sealed class CountOldRunsValidator : AbstractValidator<CountOldRuns>
{
    public CountOldRunsValidator() => RuleFor(c => c.StageId).NotEmpty();
}

internal sealed class MoveRunToLatestHandler(CrmDbContext db, IUnitOfWork work, RunDesk desk, RunMover mover, IAccess access) : IRequestHandler<MoveRunToLatest, long>
{
    public async Task<long> Handle(MoveRunToLatest request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "move runs to another version");
        var (run, _) = await desk.TakeAsync(request.RunId, cancellationToken);
        var robotRuns = await db.RobotRuns.AsNoTracking().Where(r => r.RunId == run.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        return (await mover.MoveAsync(run, robotRuns, cancellationToken)).Id;
    }
}

internal sealed class MoveRunsToLatestHandler(OldRuns old, IUnitOfWork work, IAccess access) : IRequestHandler<MoveRunsToLatest, int>
{
    public async Task<int> Handle(MoveRunsToLatest request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "move runs to another version");
        var found = await old.Of(request.TypeId, await old.RequireVersionAsync(request.TypeId, request.StageId, cancellationToken), request.StageId).OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.ItemId }).Take(MoveRunsToLatest.Most).ToListAsync(cancellationToken);
        foreach (var (i, run) in found.Index())
        {
            var (lane, args) = (LaneId.Of(new(request.TypeId, run.ItemId)), MoveRunJob.Args(run.Id, work.Caller.PersonId));
            if (i < MoveRunsToLatest.AtOnce) work.Changes.Add(work.Changes.Jobs, new NewJob(lane, MoveRunJob.Kind, args));
            else work.Changes.Add(work.Changes.Timers, new NewTimer(Guid.CreateVersion7(work.Now), work.Now + (MoveRunsToLatest.Pace * (i - MoveRunsToLatest.AtOnce + 1)), lane, null, null, MoveRunJob.Kind, args));
        }

        return found.Count;
    }
}

internal sealed class CountOldRunsHandler(OldRuns old, IUnitOfWork work, IAccess access) : IRequestHandler<CountOldRuns, int>
{
    public async Task<int> Handle(CountOldRuns request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "see the configuration of robots");
        return await old.Of(request.TypeId, await old.RequireVersionAsync(request.TypeId, request.StageId, cancellationToken), request.StageId).CountAsync(cancellationToken);
    }
}

/// <summary>Runs under way by an older version of a stage.</summary>
internal sealed class OldRuns(CrmDbContext db, IPortal gate)
{
    public IQueryable<Run> Of(int typeId, int newest, string stageId) =>
        db.Runs.AsNoTracking().Where(r => r.State == RunState.Running && r.TypeId == typeId && r.StageId == stageId && r.LaunchId == null && r.ConfigVersion > 0 && r.ConfigVersion < newest);

    public async Task<int> RequireVersionAsync(int typeId, string stageId, CancellationToken ct)
    {
        var portal = await gate.FreshAsync(ct);
        if (portal.Stage(typeId, stageId) is null) throw new RuleBrokenException("stage.unknown", $"There is no stage {stageId}.", "stageId");
        return portal.AutomationOf(typeId, stageId)?.Version ?? 0;
    }
}
