using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;

namespace AutomationCrm.Application.Automation.Editing;

public enum ReferenceKind
{
    Field,
    Person,
    Stage,

    /// <summary>A result of an earlier robot; the code is the robot's key.</summary>
    Result,
}

/// <summary>One place of a stage's automation that names something else.</summary>
/// <param name="Key">The robot or trigger.</param>
/// <param name="Place">A setting's code, <c>condition</c> or <c>delay</c>.</param>
/// <param name="Code">Field code or path behind Document:, person's id, stage id or robot key.</param>
/// <param name="Writes">The robot changes it.</param>
public sealed record AutomationReference(string Key, string Name, bool IsTrigger, string Place, ReferenceKind Kind, string Code, bool Writes = false);

/// <summary>Finds every field, person, stage and result that robots and triggers of a stage name, whatever their type.</summary>
internal static class AutomationReferences
{
    private const string Document = "Document:";
    private const string UserPrefix = "user_";

    public static IEnumerable<AutomationReference> Of(StageAutomationConfig config, RobotCatalogue robots)
    {
        var root = JsonSerializer.SerializeToElement(config, StageAutomation.Json);
        return Parts(root, "robots").SelectMany(robot => OfPart(robot, false, robots.Find(Text(robot, "type"))?.Descriptor))
            .Concat(Parts(root, "triggers").SelectMany(trigger => OfPart(trigger, true, null)))
            .Distinct();
    }

    private static IEnumerable<JsonElement> Parts(JsonElement root, string list) =>
        root.TryGetProperty(list, out var parts) && parts.ValueKind == JsonValueKind.Array ? parts.EnumerateArray() : [];

    private static IEnumerable<AutomationReference> OfPart(JsonElement part, bool trigger, RobotDescriptor? descriptor)
    {
        var (key, name) = (Text(part, "key"), Text(part, "name"));
        foreach (var property in part.EnumerateObject())
        {
            var found = property.Name switch
            {
                "settings" => OfSettings(property.Value, descriptor),
                "condition" => OfCondition(property.Value),
                "delay" => OfDelay(property.Value),
                "runAs" => People(property.Value).Select(code => new Found("runAs", ReferenceKind.Person, code)),
                _ => [],
            };
            foreach (var one in found) yield return new(key, name, trigger, one.Place, one.Kind, one.Code, one.Writes);
        }
    }

    private static IEnumerable<Found> OfSettings(JsonElement settings, RobotDescriptor? descriptor)
    {
        foreach (var setting in settings.ValueKind == JsonValueKind.Object ? settings.EnumerateObject() : [])
        {
            var kind = descriptor?.Settings.FirstOrDefault(f => f.Code == setting.Name)?.Kind;
            if (kind == FieldKind.FieldValues && setting.Value.ValueKind == JsonValueKind.Object)
                foreach (var field in setting.Value.EnumerateObject()) yield return new(setting.Name, ReferenceKind.Field, field.Name, Writes: true);
            if (kind == FieldKind.User)
                foreach (var person in People(setting.Value)) yield return new(setting.Name, ReferenceKind.Person, person);
            if (kind == FieldKind.Stage && Plain(setting.Value) is { } stage) yield return new(setting.Name, ReferenceKind.Stage, stage);
            // A trigger's or an unknown robot's setting may be a bare field code.
            if (descriptor is null && Plain(setting.Value) is { } code) yield return new(setting.Name, ReferenceKind.Field, code);
            foreach (var text in Texts(setting.Value))
                foreach (var found in OfText(setting.Name, text)) yield return found;
        }
    }

    private static IEnumerable<Found> OfCondition(JsonElement condition)
    {
        foreach (var row in Rows(condition))
        {
            var field = Text(row, "field");
            if (field.Length > 0) yield return OfPath("condition", field.Contains(':', StringComparison.Ordinal) ? field : Document + field);
            foreach (var side in new[] { "value", "from", "to" })
            {
                if (!row.TryGetProperty(side, out var operand)) continue;
                foreach (var person in People(operand).Where(_ => IsMarked(operand))) yield return new("condition", ReferenceKind.Person, person);
                foreach (var text in Texts(operand))
                    foreach (var found in OfText("condition", text)) yield return found;
            }
        }
    }

    private static IEnumerable<Found> OfDelay(JsonElement delay)
    {
        if (delay.ValueKind != JsonValueKind.Object || !delay.TryGetProperty("at", out var at) || at.ValueKind != JsonValueKind.String) return [];

        var text = at.GetString()!;
        return text.Contains("{=", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal) ? OfText("delay", text) : [OfPath("delay", text.Contains(':', StringComparison.Ordinal) ? text : Document + text)];
    }

    private static IEnumerable<JsonElement> Rows(JsonElement condition) => condition.ValueKind switch
    {
        JsonValueKind.Object when condition.TryGetProperty("field", out _) => [condition],
        JsonValueKind.Object => condition.EnumerateObject().SelectMany(p => Rows(p.Value)),
        JsonValueKind.Array => condition.EnumerateArray().SelectMany(Rows),
        _ => [],
    };

    private static IEnumerable<Found> OfText(string place, string text) =>
        text.Contains('{', StringComparison.Ordinal) || text.StartsWith('=') ? Template.Parse(text).References.Select(path => OfPath(place, path)) : [];

    private static Found OfPath(string place, string path)
    {
        if (path.StartsWith(Document, StringComparison.OrdinalIgnoreCase)) return new(place, ReferenceKind.Field, path[Document.Length..]);

        var colon = path.IndexOf(':', StringComparison.Ordinal);
        return new(place, ReferenceKind.Result, colon > 0 ? path[..colon] : path);
    }

    private static IEnumerable<string> People(JsonElement value) =>
        Texts(value).Select(t => t.StartsWith(UserPrefix, StringComparison.Ordinal) ? t[UserPrefix.Length..] : t).Where(t => t.Length is > 0 and < 19 && t.All(char.IsAsciiDigit));

    private static bool IsMarked(JsonElement value) => Texts(value).Any(t => t.StartsWith(UserPrefix, StringComparison.Ordinal));

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };

    private static string? Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && !text.Contains('{', StringComparison.Ordinal) ? text : null;

    private static string Text(JsonElement part, string name) => part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private readonly record struct Found(string Place, ReferenceKind Kind, string Code, bool Writes = false);
}
