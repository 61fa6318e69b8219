using System.Globalization;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Incidents;

/// <summary>Decides an open incident; for administrators. Budget incidents can only be acknowledged, the others cannot be.</summary>
public sealed record ResolveIncident(long Id, IncidentAction Action) : ICommand<Unit>
{
    /// <summary>Whether a retry goes on by the newest version of the automation.</summary>
    public bool Latest { get; init; }
}

/// <summary>Decides several incidents at once, at most 100; those that do not allow the action or are decided already are named and left alone.</summary>
public sealed record ResolveIncidents(IReadOnlyCollection<long> Ids, IncidentAction Action) : ICommand<IncidentsResolved>
{
    /// <summary>Whether a retry goes on by the newest version of the automation; refused where that has the robot no more.</summary>
    public bool Latest { get; init; }
}

/// <param name="Runs">By incident: the run in which the work goes on.</param>
public sealed record IncidentsResolved(IReadOnlyList<long> Resolved, IReadOnlyList<IncidentRefusal> Refused, IReadOnlyDictionary<long, long> Runs);

public sealed record IncidentRefusal(long Id, string Code, string Message);

internal sealed class ResolveIncidentValidator : AbstractValidator<ResolveIncident>
{
    public ResolveIncidentValidator()
    {
        RuleFor(c => c.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(c => c.Action).IsInEnum().OverridePropertyName("action");
    }
}

internal sealed class ResolveIncidentsValidator : AbstractValidator<ResolveIncidents>
{
    public ResolveIncidentsValidator()
    {
        RuleFor(c => c.Ids).Must(ids => ids is { Count: > 0 and <= 100 }).OverridePropertyName("ids").Refuses("incident.ids", "Between 1 and 100 ids.");
        RuleFor(c => c.Action).IsInEnum().OverridePropertyName("action");
    }
}

internal sealed class ResolveIncidentHandler(IncidentDesk desk) : IRequestHandler<ResolveIncident, Unit>
{
    public async Task<Unit> Handle(ResolveIncident request, CancellationToken cancellationToken)
    {
        var result = await desk.DecideAsync([request.Id], request.Action, request.Latest, cancellationToken);
        if (result.Refused is [var refusal, ..])
            throw refusal.Code == IncidentDesk.Unknown ? new NotFoundException("Incident", request.Id.ToString(CultureInfo.InvariantCulture)) : new RuleBrokenException(refusal.Code, refusal.Message, "action");
        return Unit.Value;
    }
}

internal sealed class ResolveIncidentsHandler(IncidentDesk desk) : IRequestHandler<ResolveIncidents, IncidentsResolved>
{
    public Task<IncidentsResolved> Handle(ResolveIncidents request, CancellationToken cancellationToken) => desk.DecideAsync([.. request.Ids.Distinct()], request.Action, request.Latest, cancellationToken);
}

/// <summary>Both forms of the decision.</summary>
internal sealed class IncidentDesk(CrmDbContext db, IUnitOfWork work, IncidentResolver resolver, LatestRetry latest, IAccess access)
{
    public const string Unknown = "incident.unknown";

    public async Task<IncidentsResolved> DecideAsync(IReadOnlyList<long> ids, IncidentAction action, bool byLatest, CancellationToken ct)
    {
        access.RequireAdministrator(work.Caller, "decide incidents");
        var items = await db.Incidents.AsNoTracking().Where(i => ids.Contains(i.Id) && i.TypeId != null && i.ItemId != null).Select(i => new { i.TypeId, i.ItemId }).Distinct().ToListAsync(ct);
        await work.LockForCommandAsync([.. items.Select(i => new ItemRef(i.TypeId!.Value, i.ItemId!.Value))], ct);

        var incidents = await db.Incidents.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var (resolved, refused, runs) = (new List<long>(), new List<IncidentRefusal>(), new Dictionary<long, long>());
        byLatest &= action == IncidentAction.Retry;
        foreach (var id in ids)
        {
            if (Refuse(id, incidents.GetValueOrDefault(id), action) is { } refusal)
            {
                refused.Add(refusal);
                continue;
            }

            var incident = incidents[id];
            var step = byLatest ? await latest.FindAsync(incident, ct) : LatestRetry.Found.Same;
            if (step.Refusal is { } gone)
            {
                refused.Add(gone);
                continue;
            }

            var run = await resolver.ResolveAsync(incident, action, step, ct);
            if (run is { } goesOn) runs[id] = goesOn;
            resolved.Add(id);
        }

        return new(resolved, refused, runs);
    }

    private static IncidentRefusal? Refuse(long id, Incident? incident, IncidentAction action)
    {
        if (incident is null) return new(id, Unknown, "There is no such incident.");
        if (incident.State != 0) return new(id, "incident.resolved", "The incident is decided already.");
        return IncidentActions.For(incident).Contains(action) ? null
            : new(id, "incident.action", incident.JobKind is null ? "What a limit stopped can only be acknowledged." : "The incident takes retry, skip or mark done.");
    }
}
