using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Pausing;

/// <summary>Has the robots of a stage, or without one of the whole pipeline, wait: new runs are planned, no further robot begins. Answers the pause's number. For administrators.</summary>
public sealed record PauseAutomation(int TypeId, int PipelineId, string? StageId) : IRequest<long>, IOnce;

/// <summary>Ends a pause: what waited goes on, a few steps a second. For administrators.</summary>
public sealed record ResumeAutomation(long Id) : IRequest<Unit>, IOnce;

internal sealed class PauseAutomationValidator : AbstractValidator<PauseAutomation>
{
    public PauseAutomationValidator() => RuleFor(c => c.StageId).MaximumLength(100);
}

internal sealed class ResumeAutomationValidator : AbstractValidator<ResumeAutomation>
{
    public ResumeAutomationValidator() => RuleFor(c => c.Id).GreaterThan(0).OverridePropertyName("id");
}

internal sealed class PauseAutomationHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<PauseAutomation, long>
{
    public async Task<long> Handle(PauseAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "pause automation");
        var portal = await gate.FreshAsync(cancellationToken);
        var pipeline = portal.Pipeline(request.TypeId, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "pipelineId");
        if (request.StageId is { } stage && pipeline.Find(stage) is null) throw new RuleBrokenException("stage.unknown", $"There is no stage {stage} in this pipeline.", "stageId");

        var pause = new AutomationPause { TypeId = request.TypeId, PipelineId = request.PipelineId, StageId = request.StageId, PausedBy = caller.PersonId, PausedAt = clock.GetUtcNow() };
        db.AutomationPauses.Add(pause);
        try
        {
            await db.SaveConfigurationAsync(cancellationToken);
        }
        catch (DoubledKeyException doubled) when (doubled.Key == UniqueKeys.AutomationPause)
        {
            db.ChangeTracker.Clear();
            throw new RuleBrokenException("pause.paused", "It is paused already.", "stageId");
        }

        await gate.FreshAsync(cancellationToken);
        return pause.Id;
    }
}

internal sealed class ResumeAutomationHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<ResumeAutomation, Unit>
{
    public async Task<Unit> Handle(ResumeAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "resume automation");
        var now = clock.GetUtcNow();
        // A command that a program may repeat has begun one already.
        await using (var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null)
        {
            // Steps that are being held at this moment lock the pause: they are written before it ends, or not at all.
            var ended = await db.AutomationPauses.Where(p => p.Id == request.Id && p.ResumedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.ResumedAt, now).SetProperty(p => p.ResumedBy, caller.PersonId), cancellationToken);
            if (ended == 0) throw await db.AutomationPauses.AnyAsync(p => p.Id == request.Id, cancellationToken) ? new RuleBrokenException("pause.resumed", "It was resumed already.", "id") : new NotFoundException("Pause", $"{request.Id}");

            db.Timers.Add(ReleaseHeldJob.ToTimer(request.Id, now));
            await db.SaveConfigurationAsync(cancellationToken);
            if (transaction is not null) await transaction.CommitAsync(cancellationToken);
        }

        await gate.FreshAsync(cancellationToken);
        return Unit.Value;
    }
}
