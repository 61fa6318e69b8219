using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Automation;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>Runs and robots in plain words: state, reason, what went in and came out.</summary>
public sealed class RunTexts(IStringLocalizer<Texts> texts, RobotTexts robots, RobotCatalogue catalogue, FieldTitles titles, FieldFormat fields, IPortal portal, IUserFormat format)
{
    /// <summary>Word, icon and tone (success, warning, danger, primary or null) of a robot's state.</summary>
    public (string Word, string Icon, string? Tone) State(RobotView robot) => robot.Progress switch
    {
        RobotProgress.Done => (texts["robot.state.done"], "circle-check", "success"),
        RobotProgress.Waiting => (texts["robot.state.waiting"], "clock-pause", "primary"),
        RobotProgress.Sending => (texts["robot.state.sending"], "send", "primary"),
        RobotProgress.Skipped => (texts["robot.state.skipped"], "circle-minus", null),
        RobotProgress.Retrying => (texts["robot.state.retrying"], "refresh", "warning"),
        RobotProgress.Incident => (texts["robot.state.incident"], "alert-triangle", "danger"),
        RobotProgress.Failed => (texts["robot.state.failed"], "alert-circle", "danger"),
        RobotProgress.Cancelled => (texts["robot.state.cancelled"], "circle-x", null),
        RobotProgress.Undone => (texts["robot.state.undone"], "arrow-back-up", "warning"),
        _ => (texts["robot.state.not_reached"], "circle-dashed", null),
    };

    public (string Word, string? Tone) State(Run run) => run.State switch
    {
        RunState.Done => (texts["run.done"], "success"),
        RunState.Cancelled => (texts["run.cancelled"], null),
        RunState.Undone => (texts["run.undone"], "warning"),
        RunState.Stopped => (texts["run.stopped"], "danger"),
        _ => (texts["run.running"], "primary"),
    };

    /// <summary>Whether a robot of this type changes fields of its own item.</summary>
    public static bool WritesFields(RobotView robot) => robot.Type is "change_fields" or "change_responsible" or "change_observers" or "add_observer" or "calculate";

    /// <summary>Why it is in this state; null where nothing is to be said.</summary>
    public string? Reason(RobotView robot) => Reason(robot.Code, robot.Message);

    /// <summary>A stored reason by its code; where the reader's language has no text, as it was stored.</summary>
    public string? Reason(string? stored, string? message)
    {
        if (stored is not { Length: > 0 } code) return message;

        var name = code.Replace('.', '_');
        if (texts[$"reason.{name}"] is not { ResourceNotFound: false } known) return message;

        return message is { Length: > 0 } && code is "settings.unresolved" or "effect.failed" or "condition.unknown" or "person.skipped" or "person.done" or "after.previous" or "robot.unknown" or "robot.failed" or "write.failed" or "launch.failed"
            ? $"{known.Value} {message}"
            : known.Value;
    }

    /// <summary>Why a run ended before its time.</summary>
    public string? Message(Run run) => run.State == RunState.Undone ? texts["reason.run_undone"] : run.Message;

    /// <summary>Settings or results, a line each.</summary>
    public IReadOnlyList<(string Name, string Text)> Values(RobotView robot, string? json, ItemType type, bool results = false)
    {
        if (json is null or "{}") return [];

        var descriptor = catalogue.Find(robot.Type)?.Descriptor;
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return [];

        var lines = new List<(string, string)>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var field = (results ? descriptor?.Results : descriptor?.Settings)?.FirstOrDefault(f => f.Code == property.Name);
            var title = descriptor is null ? property.Name : results ? robots.Result(robot.Type, property.Name) : robots.Setting(robot.Type, property.Name);
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in property.Value.EnumerateObject())
                {
                    var target = type.Fields.FindByAnyName(inner.Name);
                    Add(lines, field?.Kind == FieldKind.FieldValues && target is not null ? titles.Of(target) : inner.Name, Text(field?.Kind == FieldKind.FieldValues ? target : null, inner.Value, type.Id));
                }
            }
            else
            {
                Add(lines, title, Text(field, property.Value, type.Id));
            }
        }

        return lines;
    }

    private static void Add(List<(string, string)> lines, string name, string text)
    {
        if (text.Length > 0) lines.Add((name, text));
    }

    private string Text(Field? field, JsonElement value, int typeId)
    {
        if (field?.Kind == FieldKind.User) return string.Join(", ", People(value));
        if (field?.Kind == FieldKind.Option && value.ValueKind == JsonValueKind.String) return robots.Option(value.GetString()!);
        if (field?.Kind == FieldKind.Duration && value.ValueKind == JsonValueKind.String && IsoSpan.Parse(value.GetString()) is { } span) return format.Duration(span.Length);

        return fields.ShowJson(field is { Kind: FieldKind.Texts or FieldKind.FieldValues or FieldKind.Duration } ? null : field, value.GetRawText(), typeId);
    }

    // As configured a person may be a number, a text of digits or a placeholder.
    private IEnumerable<string> People(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(People) : [Person(value)];

    private string Person(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return ValueReader.TryUser(text) is { } id && portal.Current.PersonName(id) is { Length: > 0 } name ? name : text;
    }
}
