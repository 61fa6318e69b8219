using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Accounts;

/// <summary>What the frame around every page counts for the acting person, and whom an administrator may look as.</summary>
public sealed record GetFrame : IRequest<Frame>;

/// <param name="Unread">Notifications; a line that counts the same again is as many as it counts.</param>
public sealed record Frame(int OpenTasks, int Unread, int NeedsAttention, IReadOnlyList<FramePerson> ViewAs);

public sealed record FramePerson(long Id, string Name, string Position);

internal sealed class GetFrameHandler(CrmDbContext db, Caller caller, CurrentSession session) : IRequestHandler<GetFrame, Frame>
{
    public async Task<Frame> Handle(GetFrame request, CancellationToken cancellationToken)
    {
        var me = caller.PersonId;
        var counts = await db.People.Where(p => p.Id == me).Select(p => new
        {
            Tasks = db.Tasks.Count(t => t.ResponsibleId == me && t.State == TaskState.Open),
            Unread = db.Notifications.Where(n => n.PersonId == me && n.ReadAt == null).Sum(n => n.Count),
            Incidents = db.Incidents.Count(i => i.State == 0),
        }).SingleOrDefaultAsync(cancellationToken);
        var demo = caller.IsAdmin && session is { IsOpen: true, ViewAsId: null }
            ? await db.People.AsNoTracking().Where(p => p.IsDemo && p.IsActive).OrderBy(p => p.Name).ThenBy(p => p.LastName).ToListAsync(cancellationToken)
            : [];
        return new(counts?.Tasks ?? 0, counts?.Unread ?? 0, counts?.Incidents ?? 0, [.. demo.Select(p => new FramePerson(p.Id, p.FullName, p.Position))]);
    }
}
