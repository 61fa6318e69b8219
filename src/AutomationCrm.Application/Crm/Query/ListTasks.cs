using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Query;

public enum TaskView
{
    /// <summary>The caller is responsible or works on it.</summary>
    Mine,

    /// <summary>The caller gave them to somebody else.</summary>
    Given,

    /// <summary>The caller observes them.</summary>
    Watched,

    /// <summary>Everybody's for administrators, otherwise those of the other views.</summary>
    All,
}

/// <summary>To-dos: open ones by deadline, so that overdue ones come first, closed ones by when they were closed, newest first.</summary>
public sealed record ListTasks(TaskView View = TaskView.Mine, TaskState? State = TaskState.Open) : IRequest<TaskPage>
{
    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;
}

/// <param name="Total">Over all pages.</param>
/// <param name="Overdue">Open and late ones over all pages.</param>
public sealed record TaskPage(IReadOnlyList<TaskLine> Tasks, int Total, int Overdue, bool HasMore);

/// <param name="ItemTitle">Null without an item, or when the caller may not see it.</param>
public sealed record TaskLine(TaskItem Task, string ResponsibleName, string CreatorName, string? ItemTitle, bool Overdue);

internal sealed class ListTasksValidator : AbstractValidator<ListTasks>
{
    public ListTasksValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
    }
}

internal sealed class ListTasksHandler(CrmDbContext db, IPortal gate, IItemReader items, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<ListTasks, TaskPage>
{
    public async Task<TaskPage> Handle(ListTasks request, CancellationToken cancellationToken)
    {
        var (portal, now, me) = (await gate.FreshAsync(cancellationToken), clock.GetUtcNow(), caller.PersonId);
        var tasks = db.Tasks.AsNoTracking();
        tasks = request.View switch
        {
            TaskView.Mine => tasks.Where(t => t.ResponsibleId == me || t.AccompliceIds.Contains(me)),
            TaskView.Watched => tasks.Where(t => t.ObserverIds.Contains(me)),
            TaskView.Given => tasks.Where(t => t.CreatorId == me && t.ResponsibleId != me),
            _ when caller.IsAdmin || caller.IsSystem => tasks,
            _ => tasks.Where(t => t.ResponsibleId == me || t.CreatorId == me || t.AccompliceIds.Contains(me) || t.ObserverIds.Contains(me)),
        };
        if (request.State is { } state) tasks = tasks.Where(t => t.State == state);

        var ordered = request.State is TaskState.Done or TaskState.Cancelled
            ? tasks.OrderByDescending(t => t.ClosedAt).ThenByDescending(t => t.Id)
            : tasks.OrderBy(t => t.State).ThenBy(t => t.Deadline == null).ThenBy(t => t.Deadline).ThenBy(t => t.Id);
        var page = await ordered.Skip(request.Offset).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var refs = page.Where(t => t is { TypeId: not null, ItemId: not null }).Select(t => new ItemRef(t.TypeId!.Value, t.ItemId!.Value)).Distinct().ToList();
        var titles = await items.FindTitlesAsync(refs, type => access.Scope(caller, type, ItemAction.Read), cancellationToken);
        return new(
            [.. page.Take(request.Limit).Select(t => new TaskLine(
                t,
                portal.PersonName(t.ResponsibleId),
                portal.PersonName(t.CreatorId),
                t is { TypeId: { } type, ItemId: { } id } ? titles.GetValueOrDefault(new(type, id)) : null,
                t.State == TaskState.Open && t.Deadline < now))],
            await tasks.CountAsync(cancellationToken),
            await tasks.CountAsync(t => t.State == TaskState.Open && t.Deadline < now, cancellationToken),
            page.Count > request.Limit);
    }
}
