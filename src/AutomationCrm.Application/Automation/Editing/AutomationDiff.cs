using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Automation.Editing;

public enum DiffKind
{
    Added,
    Removed,
    Changed,

    /// <summary>Stands elsewhere in the order; it may have changed as well.</summary>
    Moved,
}

/// <summary>What became of one robot or trigger between two versions.</summary>
/// <param name="IsTrigger">A trigger, not a robot.</param>
/// <param name="Name">As it is called in the newer version, or was in the older.</param>
/// <param name="Changes">Old and new of each part that changed; empty for added and removed ones.</param>
public sealed record DiffEntry(DiffKind Kind, bool IsTrigger, string Key, string Type, string Name, IReadOnlyList<PartChange> Changes);

/// <param name="Part">Name of a property of the wire format: name, enabled, afterPrevious, survives, delay, condition, onError …, or <c>settings.{setting}</c>.</param>
/// <param name="Old">As on the wire; null when it was not there.</param>
public sealed record PartChange(string Part, JsonElement? Old, JsonElement? New);

/// <summary>Two versions of a stage's automation, compared by the keys of robots and triggers, which survive versions.</summary>
/// <param name="Stage">Changes of the stage's own settings, such as the undo window.</param>
public sealed record AutomationDiff(IReadOnlyList<DiffEntry> Entries, IReadOnlyList<PartChange> Stage)
{
    public bool IsEmpty => Entries.Count == 0 && Stage.Count == 0;

    public static AutomationDiff Of(StageAutomationConfig before, StageAutomationConfig after)
    {
        var (old, now) = (ConfigJson.Node(before), ConfigJson.Node(after));
        string[] lists = ["robots", "triggers"];
        return new(
            [.. lists.SelectMany(list => Compare(Parts(old, list), Parts(now, list), list == "triggers"))],
            [.. Changes(old, now, name => !lists.Contains(name))]);
    }

    private static List<JsonObject> Parts(JsonObject config, string list) => config[list] is JsonArray parts ? [.. parts.OfType<JsonObject>()] : [];

    private static IEnumerable<DiffEntry> Compare(List<JsonObject> old, List<JsonObject> now, bool triggers)
    {
        var before = old.GroupBy(Key).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var after = now.Select(Key).ToHashSet(StringComparer.Ordinal);
        var stayed = InOrder([.. old.Select(Key).Where(after.Contains)], [.. now.Select(Key).Where(before.ContainsKey)]);
        foreach (var gone in old.Where(p => !after.Contains(Key(p)))) yield return Entry(DiffKind.Removed, gone, triggers, []);
        foreach (var part in now)
        {
            if (!before.TryGetValue(Key(part), out var was))
            {
                yield return Entry(DiffKind.Added, part, triggers, []);
                continue;
            }

            var changes = Changes(was, part, name => name is not ("key" or "disabled" or "settings")).Concat(Settings(was, part)).ToList();
            if (!stayed.Contains(Key(part))) yield return Entry(DiffKind.Moved, part, triggers, changes);
            else if (changes.Count > 0) yield return Entry(DiffKind.Changed, part, triggers, changes);
        }
    }

    private static IEnumerable<PartChange> Settings(JsonObject was, JsonObject part) =>
        Changes(was["settings"] as JsonObject ?? [], part["settings"] as JsonObject ?? [], _ => true).Select(c => c with { Part = "settings." + c.Part });

    private static IEnumerable<PartChange> Changes(JsonObject old, JsonObject now, Func<string, bool> counts) =>
        old.Select(p => p.Key).Union(now.Select(p => p.Key)).Where(counts)
            .Where(name => !JsonNode.DeepEquals(old[name], now[name]))
            .Select(name => new PartChange(name, Element(old[name]), Element(now[name])));

    private static JsonElement? Element(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node);

    private static DiffEntry Entry(DiffKind kind, JsonObject part, bool trigger, IReadOnlyList<PartChange> changes) =>
        new(kind, trigger, Key(part), Text(part, "type"), Text(part, "name"), changes);

    private static string Key(JsonObject part) => Text(part, "key");

    private static string Text(JsonObject part, string name) => part[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>The longest row of keys that kept its order (dynamic programming; a stage has at most a hundred robots).</summary>
    private static HashSet<string> InOrder(List<string> old, List<string> now)
    {
        var length = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
            for (var j = now.Count - 1; j >= 0; j--)
                length[i, j] = old[i] == now[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);

        var stayed = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0, j = 0; i < old.Count && j < now.Count;)
        {
            if (old[i] == now[j])
            {
                stayed.Add(old[i]);
                (i, j) = (i + 1, j + 1);
            }
            else if (length[i + 1, j] >= length[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return stayed;
    }
}
