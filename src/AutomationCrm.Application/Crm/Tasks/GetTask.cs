using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>A task for everybody whom it concerns: who made it, works on it or observes it, and who may read its item.</summary>
public sealed record GetTask(long Id) : IRequest<TaskDetails>;

/// <param name="ItemTitle">Null without an item, or when the caller may not see it.</param>
public sealed record TaskDetails(TaskItem Task, IReadOnlyList<ChecklistLine> Lines, string ResponsibleName, string CreatorName, string? ItemTitle, bool Overdue);

internal sealed class GetTaskValidator : AbstractValidator<GetTask>
{
    public GetTaskValidator() => RuleFor(q => q.Id).GreaterThan(0);
}

internal sealed class GetTaskHandler(TaskGate gate, IItemReader items, IPortal portal, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<GetTask, TaskDetails>
{
    public async Task<TaskDetails> Handle(GetTask request, CancellationToken cancellationToken)
    {
        var now = await portal.FreshAsync(cancellationToken);
        var task = await gate.GetForReadingAsync(request.Id, cancellationToken);
        List<ItemRef> item = task is { TypeId: { } type, ItemId: { } id } ? [new(type, id)] : [];
        var titles = await items.FindTitlesAsync(item, t => access.Scope(caller, t, ItemAction.Read), cancellationToken);
        return new(
            task,
            Checklist.Parse(task.Checklist),
            now.PersonName(task.ResponsibleId),
            now.PersonName(task.CreatorId),
            item is [var known] ? titles.GetValueOrDefault(known) : null,
            task.State == TaskState.Open && task.Deadline < clock.GetUtcNow());
    }
}
