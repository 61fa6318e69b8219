using System.Text.Encodings.Web;
using System.Text.Json;
using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Portal;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Trial;

/// <summary>What a robot would do, in plain words.</summary>
public sealed class TrialTexts(IStringLocalizer<Texts> texts, FieldTitles titles, FieldFormat fields, IPortal portal)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Icon(TrialAct act) => act.Kind switch
    {
        "task" or "task.changed" => "checkbox",
        "comment" => "message",
        "notification" => "bell",
        "note" => "note",
        "file" => "file-text",
        "delivery" => "send",
        "moved" => "switch-horizontal",
        "added" => "plus",
        "deleted" => "trash",
        "stopped" => "player-stop",
        _ => "pencil",
    };

    public string Sentence(TrialAct act) => act.Kind switch
    {
        "task" => texts["trial.task", act.Text, act.To ?? ""],
        "task.changed" => texts["trial.task_changed", act.Text],
        "comment" => texts["trial.comment", act.Text],
        "notification" => texts["trial.notification", act.To ?? "", act.Text],
        "note" => texts["trial.note", act.Text],
        "file" => texts["trial.file", act.Text],
        "delivery" => texts["trial.delivery", act.To ?? ""],
        "stopped" => texts["trial.stopped", act.Text],
        "moved" => texts["trial.moved"],
        "added" => texts["trial.added"],
        "deleted" => texts["trial.deleted"],
        _ => texts["trial.changed"],
    };

    /// <summary>Field, old and new value as the reader writes them.</summary>
    public IEnumerable<(string Field, string Old, string New)> Changes(TrialAct act)
    {
        var type = act.Item is { } item ? portal.Current.Type(item.TypeId) : null;
        foreach (var change in act.Changes)
        {
            var field = type?.Fields.Find(change.Field);
            string Show(string? json) => fields.ShowJson(field, json, type?.Id ?? 0) is { Length: > 0 } text ? text : texts["timeline.empty_value"].Value;
            yield return (field is null ? change.Field : titles.Of(field), Show(change.Old), Show(change.New));
        }
    }

    /// <summary>The prepared call, readable.</summary>
    public static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
