using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Replaces what people edit of a to-do and answers its version; the same values again are no change.</summary>
public sealed record UpdateTask(long Id, string Title, string Description, long ResponsibleId, DateTimeOffset? Deadline) : ICommand<long>
{
    /// <summary>Null leaves the checklist as it is.</summary>
    public IReadOnlyList<ChecklistLine>? Checklist { get; init; }

    public IReadOnlyList<long>? ObserverIds { get; init; }

    public IReadOnlyList<long>? AccompliceIds { get; init; }

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
        var checklist = request.Checklist is { } lines ? Checklist.Write(lines) : task.Checklist;
        var observers = request.ObserverIds is { } watching ? await gate.ActiveAsync(watching, "observers", cancellationToken) : task.ObserverIds;
        var accomplices = request.AccompliceIds is { } helping ? await gate.ActiveAsync(helping, "accomplices", cancellationToken) : task.AccompliceIds;
        if (wanted == (task.Title, task.Description, task.ResponsibleId, task.Deadline) && SameLines(checklist, task.Checklist)
            && observers.SequenceEqual(task.ObserverIds) && accomplices.SequenceEqual(task.AccompliceIds)) return task.Version;

        if (request.ResponsibleId != task.ResponsibleId)
        {
            gate.Hint(task);
            await gate.RequireActiveAsync(request.ResponsibleId, cancellationToken);
        }

        (task.Title, task.Description, task.ResponsibleId, task.Deadline) = wanted;
        (task.Checklist, task.ObserverIds, task.AccompliceIds) = (checklist, observers, accomplices);
        return gate.Changed(task);
    }

    // PostgreSQL writes its jsonb in its own spelling.
    private static bool SameLines(string left, string right) => Checklist.Parse(left).SequenceEqual(Checklist.Parse(right));
}
