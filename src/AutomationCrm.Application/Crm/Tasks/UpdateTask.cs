using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Replaces what people edit of a to-do and answers its version; the same values again are no change.</summary>
public sealed record UpdateTask(long Id, string Title, string Description, long ResponsibleId, DateTimeOffset? Deadline) : ICommand<long>
{
    /// <summary>The version the form was filled from.</summary>
    public long? SeenVersion { get; init; }
}

internal sealed class UpdateTaskValidator : AbstractValidator<UpdateTask>
{
    public UpdateTaskValidator()
    {
        RuleFor(c => c.Id).GreaterThan(0);
        RuleFor(c => c.Title).NotEmpty().MaximumLength(TaskItem.TitleMaxLength).Storable();
        RuleFor(c => c.Description).NotNull().MaximumLength(TaskItem.DescriptionMaxLength).Storable();
        RuleFor(c => c.ResponsibleId).GreaterThan(0);
    }
}

internal sealed class UpdateTaskHandler(TaskGate gate) : IRequestHandler<UpdateTask, long>
{
    public async Task<long> Handle(UpdateTask request, CancellationToken cancellationToken)
    {
        var task = await gate.GetForChangeAsync(request.Id, request.SeenVersion, cancellationToken);
        var wanted = (request.Title, request.Description, request.ResponsibleId, request.Deadline?.ToUniversalTime());
        if (wanted == (task.Title, task.Description, task.ResponsibleId, task.Deadline)) return task.Version;

        if (request.ResponsibleId != task.ResponsibleId)
        {
            gate.Hint(task);
            await gate.RequireActiveAsync(request.ResponsibleId, cancellationToken);
        }

        (task.Title, task.Description, task.ResponsibleId, task.Deadline) = wanted;
        return gate.Changed(task);
    }
}
