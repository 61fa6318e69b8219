using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Card;

/// <summary>Makes rows of histories readable: names instead of numbers, and which robot did it.</summary>
internal sealed class TimelineWords(CrmDbContext db, IPortal gate, IItemReader items, IAccess access, Caller caller)
{
    public async Task<IReadOnlyList<TimelineEntry>> TellAsync(ItemRef item, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var portal = gate.Current;
        var changes = rows.OfType<StoredEvent>().ToDictionary(e => e.Version, e => StoredChanges.Read(e, portal.Type(item.TypeId)!));
        var refs = changes.Values.SelectMany(c => c).SelectMany(c => Items(c.Old).Concat(Items(c.New))).Distinct().ToList();
        var titles = await items.FindTitlesAsync(refs, type => access.Scope(caller, type, ItemAction.Read), ct);
        var robots = await RobotsAsync(rows, ct);

        RobotMark? Robot(long? id) => id is { } known ? robots.GetValueOrDefault(known) : null;
        string Name(long id) => id == Caller.SystemId ? "" : portal.PersonName(id);
        return [.. rows.Select(row => (TimelineEntry)(row switch
        {
            StoredEvent e => Change(e, changes[e.Version], portal, titles, Robot(e.RobotRunId)),
            Comment c => new CommentEntry(c, Name(c.AuthorId), Robot(c.RobotRunId)),
            TaskItem t => new TaskEntry(t, Name(t.CreatorId), Name(t.ResponsibleId), Robot(t.RobotRunId)),
            TimelineNote n => new NoteEntry(n, Name(n.ActorId), Robot(n.RobotRunId)),
            Run r => new RunEntry(r, portal.Stage(r.TypeId, r.StageId), Name(r.ActorId), Robot(r.CauseRobotRunId)),
            _ => throw new InvalidOperationException($"A timeline has no {row.GetType().Name}."),
        }))];
    }

    private async Task<Dictionary<long, RobotMark>> RobotsAsync(IReadOnlyList<object> rows, CancellationToken ct)
    {
        var ids = rows.Select(row => row switch
        {
            StoredEvent e => e.RobotRunId,
            Comment c => c.RobotRunId,
            TaskItem t => t.RobotRunId,
            TimelineNote n => n.RobotRunId,
            Run r => r.CauseRobotRunId,
            _ => null,
        }).OfType<long>().Distinct().ToArray();
        return ids.Length == 0 ? []
            : await db.RobotRuns.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new RobotMark(r.Id, r.RunId, r.Name)).ToDictionaryAsync(r => r.RobotRunId, ct);
    }

    private static ChangeEntry Change(StoredEvent stored, IReadOnlyList<StoredChange> changes, PortalSnapshot portal, IReadOnlyDictionary<ItemRef, string> titles, RobotMark? robot)
    {
        var stage = changes.FirstOrDefault(c => c.Code == FieldCodes.Stage);
        Stage? Find(Value? value) => value is TextValue text ? portal.Stage(stored.TypeId, text.Text) : null;
        var shown = changes.Where(c => c.Code != FieldCodes.AmountBase)
            .Select(c => new ShownChange(c.Code, c.Field, c.Old, c.New, Text(c.Old, c, stored.TypeId, portal, titles), Text(c.New, c, stored.TypeId, portal, titles)));
        return new(stored.Version, stored.At, stored.ActorId, stored.ActorId == Caller.SystemId ? "" : portal.PersonName(stored.ActorId), robot, stored.Kind, Find(stage?.Old), Find(stage?.New), [.. shown]);
    }

    private static string? Text(Value value, StoredChange change, int typeId, PortalSnapshot portal, IReadOnlyDictionary<ItemRef, string> titles) => value switch
    {
        UserValue user => portal.PersonName(user.Id),
        ItemValue item => titles.GetValueOrDefault(new(item.TypeId, item.Id)),
        TextValue stage when change.Field?.Kind == FieldKind.Stage => portal.Stage(typeId, stage.Text)?.Name,
        NumberValue pipeline when change.Field?.Kind == FieldKind.Pipeline => portal.Pipeline(typeId, (int)pipeline.Number)?.Name,
        ListValue list when list.Items.Any(i => i is UserValue or ItemValue) => string.Join(", ", list.Items.Select(i => Text(i, change, typeId, portal, titles)).OfType<string>()),
        _ => null,
    };

    private static IEnumerable<ItemRef> Items(Value value) => value switch
    {
        ItemValue item => [new(item.TypeId, item.Id)],
        ListValue list => list.Items.SelectMany(Items),
        _ => [],
    };
}

/// <summary>One field's change as it is stored in an event.</summary>
internal sealed record StoredChange(string Code, Field? Field, Value Old, Value New);

internal static class StoredChanges
{
    private static readonly Field Unknown = new("", "", "", FieldKind.Text);

    public static IReadOnlyList<StoredChange> Read(StoredEvent stored, ItemType type)
    {
        using var json = JsonDocument.Parse(stored.Changes);
        var changes = new List<StoredChange>();
        foreach (var property in json.RootElement.EnumerateObject())
        {
            var field = type.Fields.Find(property.Name);
            changes.Add(new(property.Name, field, Value(property.Value, "old", field), Value(property.Value, "new", field)));
        }

        return changes;
    }

    private static Value Value(JsonElement change, string name, Field? field) =>
        change.TryGetProperty(name, out var value) ? ValueJson.Read(value, field ?? Unknown) : Expressions.Values.Value.Null;
}
