using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Undo;

/// <summary>Puts back what robots changed, field by field, where nobody else has written since.</summary>
internal static class FieldRestore
{
    /// <param name="since">The item's events after the move, in order.</param>
    /// <param name="ours">Whether an event is of the robots whose work is put back.</param>
    /// <returns>Codes of the fields that were put back.</returns>
    public static IReadOnlyList<string> Apply(Item item, IReadOnlyList<StoredEvent> since, Func<StoredEvent, bool> ours, Func<long, string> nameOf, List<UndoNote> notes)
    {
        var restored = new List<string>();
        foreach (var (code, track) in Follow(item, since, ours))
        {
            if (track.TouchedBy is { } person)
            {
                var who = person == 0 ? "" : nameOf(person);
                notes.Add(new("field", code, who, $"{(who.Length == 0 ? "Automation" : who)} has changed {code} since."));
            }
            else if (Same(item[code], track.Last) && !Same(track.Before, track.Last))
            {
                item.Set(code, track.Before);
                restored.Add(code);
            }
        }

        return restored;
    }

    private static Dictionary<string, Track> Follow(Item item, IReadOnlyList<StoredEvent> since, Func<StoredEvent, bool> ours)
    {
        var tracks = new Dictionary<string, Track>();
        foreach (var stored in since)
        {
            foreach (var change in StoredChanges.Read(stored, item.Type))
            {
                if (change.Field is not { ReadOnly: false, Kind: not (FieldKind.Stage or FieldKind.Pipeline) }) continue;

                var known = tracks.GetValueOrDefault(change.Code);
                if (!ours(stored))
                {
                    if (known is not null) tracks[change.Code] = known with { TouchedBy = stored.ActorId };
                }
                else
                {
                    // Over somebody's value a robot wrote again: that value is what comes back.
                    tracks[change.Code] = known is { TouchedBy: null } ? known with { Last = change.New } : new(change.Old, change.New, null);
                }
            }
        }

        return tracks;
    }

    private static bool Same(Value one, Value other) => one == other || (one.IsEmpty && other.IsEmpty);

    private sealed record Track(Value Before, Value Last, long? TouchedBy);
}
