using System.Buffers.Binary;
using System.Globalization;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A deadline that was told to be over; told once.</summary>
public readonly record struct ToldDeadline(long TaskId, DateTimeOffset Deadline);

/// <summary>One durable timer per open task of an item that has a deadline; it moves when the deadline moves.</summary>
internal static class TaskDeadlines
{
    /// <summary>Follows every task the unit writes, whoever changed it.</summary>
    public static void Plan(ChangeSet changes)
    {
        foreach (var task in changes.NewTasks) Set(task, changes);
        foreach (var task in changes.ChangedTasks)
            if (!Set(task, changes)) changes.Add(changes.DroppedTimers, IdOf(task.Id));
    }

    /// <summary>For a task that no command has written: a timer that is there stays.</summary>
    /// <param name="soonest">When a deadline that has passed is told.</param>
    public static void SetFirst(TaskItem task, DateTimeOffset soonest, ChangeSet changes)
    {
        if (TimerOf(task) is { } timer) changes.Add(changes.FirstTimers, timer.DueAt > soonest ? timer : timer with { DueAt = soonest });
    }

    private static bool Set(TaskItem task, ChangeSet changes)
    {
        if (TimerOf(task) is not { } timer) return false;

        changes.Add(changes.MovedTimers, timer);
        return true;
    }

    private static NewTimer? TimerOf(TaskItem task)
    {
        if (task is not { State: TaskState.Open, Deadline: { } exact, TypeId: { } type, ItemId: { } item }) return null;

        // PostgreSQL keeps microseconds; the timer must name the deadline as it is stored.
        var deadline = exact.AddTicks(-(exact.Ticks % TimeSpan.TicksPerMicrosecond));
        var args = string.Create(CultureInfo.InvariantCulture, $"{{\"task\":{task.Id},\"deadline\":\"{deadline.UtcDateTime:O}\"}}");
        return new NewTimer(IdOf(task.Id), deadline, LaneId.Of(new(type, item)), null, null, TaskOverdueJob.Kind, args);
    }

    private static Guid IdOf(long task)
    {
        Span<byte> bytes = stackalloc byte[16];
        "task-due"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], task);
        return new Guid(bytes, bigEndian: true);
    }
}
