using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>Items that have not had their turn get none; runs that have begun go on. For the starter and for administrators.</summary>
public sealed record CancelLaunch(long Id) : ICommand<Unit>;

internal sealed class CancelLaunchHandler(CrmDbContext db, IUnitOfWork work, IAccess access, Caller caller) : IRequestHandler<CancelLaunch, Unit>
{
    public async Task<Unit> Handle(CancelLaunch request, CancellationToken cancellationToken)
    {
        var launch = await db.Launches.AsNoTracking().FirstOrDefaultAsync(l => l.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Launch", $"{request.Id}");
        if (launch.AuthorId != caller.PersonId) access.RequireAdministrator(caller, "stop what somebody else has started");
        if (launch.State == LaunchState.Running) work.Changes.Add(work.Changes.LaunchChanges, new LaunchChange(launch.Id, LaunchState.Cancelled));
        work.Hint(Topics.Launches);
        return Unit.Value;
    }
}
