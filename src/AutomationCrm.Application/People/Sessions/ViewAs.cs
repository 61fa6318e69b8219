using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>
/// Shows an administrator the app through a demo person's eyes until <see cref="StopViewAs"/>. What is written meanwhile has that person's
/// rights and that person as its actor; the log says which administrator began and ended it.
/// </summary>
public sealed record StartViewAs(long PersonId) : IRequest<Unit>;

/// <summary>Back to oneself.</summary>
public sealed record StopViewAs : IRequest<Unit>;

internal sealed class StartViewAsValidator : AbstractValidator<StartViewAs>
{
    public StartViewAsValidator() => RuleFor(c => c.PersonId).GreaterThan(0);
}

internal sealed class StartViewAsHandler(CrmDbContext db, CurrentSession session, ILogger<StartViewAsHandler> log) : IRequestHandler<StartViewAs, Unit>
{
    public async Task<Unit> Handle(StartViewAs request, CancellationToken cancellationToken)
    {
        var administrator = session.Require("look as somebody else");
        if (!await db.People.AnyAsync(p => p.Id == administrator && p.IsAdmin && p.IsActive, cancellationToken)) throw new AccessDeniedException("look as somebody else");

        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PersonId, cancellationToken)
            ?? throw new NotFoundException("Person", $"{request.PersonId}");
        if (!person.IsDemo || !person.IsActive) throw new RuleBrokenException("viewas.demo", "Only active demo people can be looked through.", nameof(request.PersonId));

        await db.SignInSessions.Where(s => s.TokenHash == session.TokenHash).ExecuteUpdateAsync(set => set.SetProperty(s => s.ViewAsId, person.Id), cancellationToken);
        log.LogInformation("Administrator {AdministratorId} looks as demo person {PersonId}", administrator, person.Id);
        return Unit.Value;
    }
}

internal sealed class StopViewAsHandler(CrmDbContext db, CurrentSession session, ILogger<StopViewAsHandler> log) : IRequestHandler<StopViewAs, Unit>
{
    public async Task<Unit> Handle(StopViewAs request, CancellationToken cancellationToken)
    {
        var administrator = session.Require("look as somebody else");
        await db.SignInSessions.Where(s => s.TokenHash == session.TokenHash).ExecuteUpdateAsync(set => set.SetProperty(s => s.ViewAsId, (long?)null), cancellationToken);
        log.LogInformation("Administrator {AdministratorId} looks as himself again", administrator);
        return Unit.Value;
    }
}
