using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Tasks;

/// <summary>Finds a task for writing: the creator, the responsible person, who works on it with him, and whoever may change the linked item may change it.</summary>
internal sealed class TaskGate(CrmDbContext db, IUnitOfWork work, IPortal portal, IAccess access)
{
    /// <summary>The task as this unit sees it. With <paramref name="seenVersion"/> somebody else's change in between is a conflict.</summary>
    public async Task<TaskItem> GetForChangeAsync(long id, long? seenVersion, CancellationToken ct)
    {
        var known = work.Changes.NewTasks.Find(t => t.Id == id) ?? work.Changes.ChangedTasks.Find(t => t.Id == id);
        var task = known ?? await db.Tasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw NotFound(id);
        await RequireAsync(task, ct);
        if (seenVersion is { } seen && seen != task.Version)
            throw new ConflictException("The task was changed in the meantime.", task.ClosedBy ?? 0, []);
        return task;
    }

    /// <summary>Notes that the task is to be written; answers its version afterwards.</summary>
    public long Changed(TaskItem task)
    {
        if (!work.Changes.NewTasks.Contains(task) && !work.Changes.ChangedTasks.Contains(task)) work.Changes.Add(work.Changes.ChangedTasks, task);
        Hint(task);
        return task.Version + 1;
    }

    public void Hint(TaskItem task)
    {
        work.Hint(Topics.Tasks);
        work.Hint(Topics.Person(task.ResponsibleId));
        foreach (var helper in task.AccompliceIds) work.Hint(Topics.Person(helper));
        if (task is { TypeId: { } type, ItemId: { } item }) work.Hint(Topics.Item(new(type, item)));
    }

    /// <summary>Somebody who can still do something about it.</summary>
    public async ValueTask<long> RequireActiveAsync(long personId, CancellationToken ct)
    {
        // In a lane the configuration came with the item; asking again would cost a round trip per robot.
        var snapshot = work.Caller.Origin == Origin.Robot ? work.Portal : await portal.FreshAsync(ct);
        return snapshot.People.GetValueOrDefault(personId) switch
        {
            { IsActive: true } => personId,
            { } gone => throw new RuleBrokenException("person.inactive", $"{gone.FullName} no longer works here.", "responsibleId"),
            null => throw new RuleBrokenException("person.unknown", $"There is no person {personId}.", "responsibleId"),
        };
    }

    /// <summary>Those of the people who still work here, each once; a person that never was is an error.</summary>
    public async ValueTask<long[]> ActiveAsync(IReadOnlyList<long> people, string field, CancellationToken ct)
    {
        if (people.Count == 0) return [];

        var snapshot = work.Caller.Origin == Origin.Robot ? work.Portal : await portal.FreshAsync(ct);
        if (people.FirstOrDefault(id => !snapshot.People.ContainsKey(id)) is var unknown && unknown != 0) throw new RuleBrokenException("person.unknown", $"There is no person {unknown}.", field);
        return [.. people.Distinct().Where(id => snapshot.People[id].IsActive)];
    }

    /// <summary>The task for somebody who may see it.</summary>
    public async Task<TaskItem> GetForReadingAsync(long id, CancellationToken ct)
    {
        var task = await db.Tasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) ?? throw NotFound(id);
        if (!task.ObserverIds.Contains(work.Caller.PersonId)) await RequireAsync(task, ct, ItemAction.Read);
        return task;
    }

    private async Task RequireAsync(TaskItem task, CancellationToken ct, ItemAction action = ItemAction.Update)
    {
        var caller = work.Caller;
        if (caller.IsAdmin || caller.IsSystem || caller.PersonId == task.CreatorId || caller.PersonId == task.ResponsibleId || task.AccompliceIds.Contains(caller.PersonId)) return;

        var item = task is { TypeId: { } type, ItemId: { } id } ? await work.FindItemAsync(new ItemRef(type, id), ct) : null;
        if (item is null || !access.Scope(caller, item.Ref.TypeId, ItemAction.Read).Covers(item)) throw NotFound(task.Id);
        if (!access.Scope(caller, item.Ref.TypeId, action).Covers(item)) throw new AccessDeniedException("change this task");
    }

    private static NotFoundException NotFound(long id) => new("Task", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
