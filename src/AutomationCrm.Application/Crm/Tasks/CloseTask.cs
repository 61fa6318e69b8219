using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Says that a to-do is done and answers its version; closing a closed one changes nothing.</summary>
public sealed record CloseTask(long Id) : ICommand<long>
{
    /// <summary>The version the caller saw; null when he does not care.</summary>
    public long? SeenVersion { get; init; }
}

internal sealed class CloseTaskValidator : AbstractValidator<CloseTask>
{
    public CloseTaskValidator() => RuleFor(c => c.Id).GreaterThan(0);
}

internal sealed class CloseTaskHandler(IUnitOfWork work, TaskGate gate) : IRequestHandler<CloseTask, long>
{
    public async Task<long> Handle(CloseTask request, CancellationToken cancellationToken)
    {
        var task = await gate.GetForChangeAsync(request.Id, request.SeenVersion, cancellationToken);
        if (task.State == TaskState.Done) return task.Version;

        (task.State, task.ClosedAt, task.ClosedBy) = (TaskState.Done, work.Now, work.Caller.PersonId);
        if (task is { TypeId: { } typeId, ItemId: { } itemId })
        {
            work.Raise(Happening.Of(
                new(typeId, itemId),
                HappeningCodes.TaskClosed,
                ("TaskId", Value.Of((decimal)task.Id)),
                ("Title", Value.Of(task.Title)),
                ("ClosedBy", new UserValue(work.Caller.PersonId))));
        }

        return gate.Changed(task);
    }
}
