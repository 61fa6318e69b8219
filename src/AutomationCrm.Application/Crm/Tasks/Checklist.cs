using System.Text.Json;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Crm.Tasks;

public sealed record ChecklistLine(string Text, bool Done = false);

/// <summary>The lines of a task's checklist as JSON <c>[{"text":"…","done":false}]</c>.</summary>
public static class Checklist
{
    public const string Empty = "[]";
    public const int MostLines = 100;
    public const int LineMaxLength = 255;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<ChecklistLine> Parse(string json) => JsonSerializer.Deserialize<List<ChecklistLine>>(json, Json) ?? [];

    /// <summary>Throws <see cref="RuleBrokenException"/> when there are too many lines or one is empty or too long.</summary>
    public static string Write(IReadOnlyList<ChecklistLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count > MostLines) throw new RuleBrokenException("checklist.long", $"A checklist takes at most {MostLines} lines.", "checklist");
        foreach (var line in lines)
            if (string.IsNullOrWhiteSpace(line.Text) || line.Text.Length > LineMaxLength || line.Text.Contains('\0'))
                throw new RuleBrokenException("checklist.line", $"A line of a checklist has 1 to {LineMaxLength} characters.", "checklist");
        return JsonSerializer.Serialize(lines, Json);
    }

    /// <summary>One line each; what was checked off and keeps its words stays so.</summary>
    public static IReadOnlyList<ChecklistLine> FromText(string text, IReadOnlyList<ChecklistLine>? before = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var done = (before ?? []).Where(l => l.Done).Select(l => l.Text).ToHashSet(StringComparer.Ordinal);
        return [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => new ChecklistLine(l, done.Contains(l)))];
    }
}
