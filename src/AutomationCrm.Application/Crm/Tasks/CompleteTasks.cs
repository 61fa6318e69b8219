using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Closes open tasks of an item and answers how many: all of them, those made on a stage, or those made by a run.</summary>
public sealed record CompleteTasks(ItemRef Item) : ICommand<int>
{
    /// <summary>Only those made while the item stood there.</summary>
    public string? StageId { get; init; }

    /// <summary>Only those that the run made.</summary>
    public long? RunId { get; init; }
}

internal sealed class CompleteTasksValidator : AbstractValidator<CompleteTasks>
{
    public CompleteTasksValidator() => RuleFor(c => c.Item.Id).GreaterThan(0);
}

internal sealed class CompleteTasksHandler(CrmDbContext db, IUnitOfWork work, IAccess access, ISender sender) : IRequestHandler<CompleteTasks, int>
{
    public async Task<int> Handle(CompleteTasks request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var (type, id) = (item.Ref.TypeId, item.Ref.Id);
        var stored = await db.Tasks.AsNoTracking()
            .Where(t => t.TypeId == type && t.ItemId == id && t.State == TaskState.Open
                && (request.StageId == null || t.StageId == request.StageId) && (request.RunId == null || t.RunId == request.RunId))
            .Select(t => t.Id).ToListAsync(cancellationToken);
        // What this unit has made or closed and not written yet.
        var fresh = work.Changes.NewTasks.Where(t => t.TypeId == type && t.ItemId == id && t.State == TaskState.Open
            && (request.StageId is null || t.StageId == request.StageId) && (request.RunId is null || t.RunId == request.RunId)).Select(t => t.Id);
        List<long> open = [.. stored.Where(t => !work.Changes.ChangedTasks.Exists(c => c.Id == t && c.State != TaskState.Open)), .. fresh];
        foreach (var task in open) await sender.Send(new CloseTask(task), cancellationToken);
        return open.Count;
    }
}
