using AutomationCrm.Application.Common.Messaging;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Opens a closed or cancelled to-do again and answers its version.</summary>
public sealed record ReopenTask(long Id) : ICommand<long>
{
    public long? SeenVersion { get; init; }
}

internal sealed class ReopenTaskValidator : AbstractValidator<ReopenTask>
{
    public ReopenTaskValidator() => RuleFor(c => c.Id).GreaterThan(0);
}

internal sealed class ReopenTaskHandler(TaskGate gate) : IRequestHandler<ReopenTask, long>
{
    public async Task<long> Handle(ReopenTask request, CancellationToken cancellationToken)
    {
        var task = await gate.GetForChangeAsync(request.Id, request.SeenVersion, cancellationToken);
        if (task.State == TaskState.Open) return task.Version;

        (task.State, task.ClosedAt, task.ClosedBy) = (TaskState.Open, null, null);
        return gate.Changed(task);
    }
}
