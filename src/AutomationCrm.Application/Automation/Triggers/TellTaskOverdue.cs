using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Raises that a task is overdue, once per deadline; answers whether it did. A task closed or postponed since says nothing.</summary>
internal sealed record TellTaskOverdue(long TaskId, DateTimeOffset Deadline) : ICommand<bool>;

internal sealed class TellTaskOverdueValidator : AbstractValidator<TellTaskOverdue>
{
    public TellTaskOverdueValidator() => RuleFor(c => c.TaskId).GreaterThan(0);
}

internal sealed class TellTaskOverdueHandler(CrmDbContext db, IUnitOfWork work) : IRequestHandler<TellTaskOverdue, bool>
{
    public async Task<bool> Handle(TellTaskOverdue request, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == request.TaskId, cancellationToken);
        if (task is not { State: TaskState.Open, TypeId: { } type, ItemId: { } item } || task.Deadline != request.Deadline) return false;
        if (await db.TaskDeadlines.AsNoTracking().AnyAsync(d => d.TaskId == task.Id && d.Deadline == request.Deadline, cancellationToken)) return false;

        work.Changes.Add(work.Changes.ToldDeadlines, new(task.Id, request.Deadline));
        work.Raise(Happening.Of(
            new(type, item),
            HappeningCodes.TaskOverdue,
            ("TaskId", Value.Of((decimal)task.Id)),
            ("Title", Value.Of(task.Title)),
            ("ResponsibleId", new UserValue(task.ResponsibleId)),
            ("SupervisorId", work.Portal.SupervisorOf(task.ResponsibleId) is { } head ? new UserValue(head.Id) : Value.Null),
            ("Deadline", Value.Of(request.Deadline))));
        return true;
    }
}

/// <summary>The deadline of a task that was told last.</summary>
public sealed class TaskDeadline
{
    public long TaskId { get; init; }

    public DateTimeOffset Deadline { get; init; }
}
