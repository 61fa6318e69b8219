using System.Globalization;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Card;

/// <summary>What a timeline can be narrowed to; also the order of things that happened at the same moment.</summary>
public enum TimelineKind
{
    Run,
    Task,
    Comment,
    Change,
    Note,
}

/// <param name="Next">Where the following, older page begins; null at the end.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, TimelineCursor? Next);

/// <summary>Something that happened to an item, newest first.</summary>
/// <param name="ActorId">0 is automation.</param>
/// <param name="Robot">Set when a robot did it.</param>
public abstract record TimelineEntry(TimelineKind Kind, long Id, DateTimeOffset At, long ActorId, string ActorName, RobotMark? Robot);

/// <summary>Which robot of which run.</summary>
public sealed record RobotMark(long RobotRunId, long RunId, string Name);

/// <param name="EventKind">added, changed, moved, undone or deleted.</param>
/// <param name="From">For moves: null when the stage is gone.</param>
public sealed record ChangeEntry(long Version, DateTimeOffset At, long ActorId, string ActorName, RobotMark? Robot, string EventKind, Stage? From, Stage? To, IReadOnlyList<ShownChange> Changes)
    : TimelineEntry(TimelineKind.Change, Version, At, ActorId, ActorName, Robot);

public sealed record CommentEntry(Comment Comment, string ActorName, RobotMark? Robot)
    : TimelineEntry(TimelineKind.Comment, Comment.Id, Comment.At, Comment.AuthorId, ActorName, Robot);

public sealed record TaskEntry(TaskItem Task, string ActorName, string ResponsibleName, RobotMark? Robot)
    : TimelineEntry(TimelineKind.Task, Task.Id, Task.CreatedAt, Task.CreatorId, ActorName, Robot);

public sealed record NoteEntry(TimelineNote Note, string ActorName, RobotMark? Robot)
    : TimelineEntry(TimelineKind.Note, Note.Id, Note.At, Note.ActorId, ActorName, Robot);

/// <param name="Stage">Null when the stage is gone.</param>
public sealed record RunEntry(Run Run, Stage? Stage, string ActorName, RobotMark? Robot)
    : TimelineEntry(TimelineKind.Run, Run.Id, Run.StartedAt, Run.ActorId, ActorName, Robot);

/// <summary>A field's old and new value; <paramref name="OldText"/> and <paramref name="NewText"/> are names of people, stages, pipelines and items, null for values that speak for themselves.</summary>
/// <param name="Field">Null when the type has no such field any more.</param>
public sealed record ShownChange(string Code, Field? Field, Value Old, Value New, string? OldText, string? NewText);

/// <summary>A place in a timeline, as text for addresses.</summary>
public readonly record struct TimelineCursor(DateTimeOffset At, TimelineKind Kind, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks:x}.{(int)Kind}.{Id:x}");

    public static TimelineCursor? Parse(string? text)
    {
        if (text?.Split('.') is not [var at, var kind, var id]) return null;

        return long.TryParse(at, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((TimelineKind)number)
            && long.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            ? new(new(ticks, TimeSpan.Zero), (TimelineKind)number, key)
            : null;
    }
}
