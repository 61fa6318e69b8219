using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Gives somebody a to-do and answers its id. Without a responsible person it is the linked item's, else the caller's.</summary>
public sealed record AddTask(string Title) : ICommand<long>
{
    public string Description { get; init; } = "";

    public long? ResponsibleId { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public TaskKind Kind { get; init; }

    /// <summary>Lines of its checklist.</summary>
    public IReadOnlyList<string> Checklist { get; init; } = [];

    /// <summary>Who sees it; people who no longer work here are left out.</summary>
    public IReadOnlyList<long> ObserverIds { get; init; } = [];

    /// <summary>Who works on it together with the responsible person; people who no longer work here are left out.</summary>
    public IReadOnlyList<long> AccompliceIds { get; init; } = [];

    /// <summary>The item it belongs to.</summary>
    public ItemRef? Item { get; init; }
}

internal sealed class AddTaskValidator : AbstractValidator<AddTask>
{
    public AddTaskValidator()
    {
        RuleFor(c => c.Title).NotEmpty().MaximumLength(TaskItem.TitleMaxLength).Storable();
        RuleFor(c => c.Description).NotNull().MaximumLength(TaskItem.DescriptionMaxLength).Storable();
        RuleFor(c => c.ResponsibleId).GreaterThan(0);
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.ObserverIds).Must(p => p.Count <= TaskItem.MostPeople).Refuses("people.most", $"'{{PropertyName}}' takes at most {TaskItem.MostPeople} people.", TaskItem.MostPeople);
        RuleFor(c => c.AccompliceIds).Must(p => p.Count <= TaskItem.MostPeople).Refuses("people.most", $"'{{PropertyName}}' takes at most {TaskItem.MostPeople} people.", TaskItem.MostPeople);
        RuleFor(c => c.Item!.Value.Id).GreaterThan(0).When(c => c.Item is not null);
    }
}

internal sealed class AddTaskHandler(IUnitOfWork work, IAccess access, TaskGate gate) : IRequestHandler<AddTask, long>
{
    public async Task<long> Handle(AddTask request, CancellationToken cancellationToken)
    {
        var item = request.Item is { } reference ? await work.GetItemAsync(reference, cancellationToken) : null;
        if (item is not null) access.Require(work.Caller, ItemAction.Read, item);
        var task = new TaskItem
        {
            Id = await work.NextIdAsync(cancellationToken),
            Kind = request.Kind,
            Title = request.Title,
            Description = request.Description,
            ResponsibleId = await gate.RequireActiveAsync(request.ResponsibleId ?? item?.ResponsibleId ?? work.Caller.PersonId, cancellationToken),
            CreatorId = work.Caller.PersonId,
            TypeId = item?.Ref.TypeId,
            ItemId = item?.Ref.Id,
            StageId = item is { Type.HasStages: true } ? item.StageId : null,
            Checklist = Tasks.Checklist.Write([.. request.Checklist.Select(l => new ChecklistLine(l))]),
            ObserverIds = await gate.ActiveAsync(request.ObserverIds, "observers", cancellationToken),
            AccompliceIds = await gate.ActiveAsync(request.AccompliceIds, "accomplices", cancellationToken),
            Deadline = request.Deadline?.ToUniversalTime(),
            CreatedAt = work.Now,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        };
        work.Changes.Add(work.Changes.NewTasks, task);
        gate.Hint(task);
        return task.Id;
    }
}
