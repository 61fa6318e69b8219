using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Pausing;

/// <summary>The pauses of a pipeline: those that last first, then the newest that were resumed. For administrators.</summary>
public sealed record ListPauses(int TypeId, int PipelineId) : IRequest<IReadOnlyList<PauseView>>
{
    public const int Most = 500;

    public int Take { get; init; } = 20;
}

/// <param name="Stage">Null: the whole pipeline, or a stage that is gone.</param>
/// <param name="Held">Steps that wait for its end.</param>
public sealed record PauseView(AutomationPause Pause, Stage? Stage, string PausedBy, string? ResumedBy, int Held)
{
    public bool Lasts => Pause.ResumedAt is null;
}

internal sealed class ListPausesValidator : AbstractValidator<ListPauses>
{
    public ListPausesValidator() => RuleFor(q => q.Take).InclusiveBetween(1, ListPauses.Most).OverridePropertyName("limit");
}

internal sealed class ListPausesHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListPauses, IReadOnlyList<PauseView>>
{
    public async Task<IReadOnlyList<PauseView>> Handle(ListPauses request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see what is paused");
        var portal = await gate.FreshAsync(cancellationToken);
        var rows = await db.AutomationPauses.AsNoTracking().Where(p => p.TypeId == request.TypeId && p.PipelineId == request.PipelineId)
            .OrderByDescending(p => p.ResumedAt == null).ThenByDescending(p => p.Id).Take(request.Take)
            .Select(p => new { Pause = p, Held = db.HeldJobs.Count(h => h.PauseId == p.Id) })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new PauseView(
                r.Pause,
                r.Pause.StageId is { } stage ? portal.Stage(r.Pause.TypeId, stage) : null,
                portal.PersonName(r.Pause.PausedBy),
                r.Pause.ResumedBy is { } by ? portal.PersonName(by) : null,
                r.Held)),
        ];
    }
}
