using System.Globalization;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;
using Entry = AutomationCrm.Application.Crm.Card.TimelineEntry;
using FieldChange = AutomationCrm.Web.Pages.Shared.Layout.FieldChange;

namespace AutomationCrm.Web.Pages.Shared.Timeline;

/// <summary>Tells what happened to an item in sentences.</summary>
public sealed class TimelineBuilder(IStringLocalizer<Texts> texts, FieldTitles titles, FieldFormat fields, IUserFormat format)
{
    /// <summary>By <see cref="TimelineNote.Kind"/>.</summary>
    private static readonly Dictionary<string, string> NoteIcons = new(StringComparer.Ordinal)
    {
        ["history"] = "note",
        ["trigger"] = "bolt",
        ["form"] = "list-check",
        ["client"] = "message",
        ["mail_out"] = "mail",
        ["mail_in"] = "inbox",
        ["mail_auto"] = "inbox",
        ["sms"] = "device-mobile",
        ["chat"] = "message",
        ["document"] = "file-text",
        ["document_viewed"] = "eye",
        ["document_signed"] = "circle-check",
        ["document_deleted"] = "trash",
        ["qr_confirmed"] = "circle-check",
        ["wait_run"] = "player-play",
        ["wait_postponed"] = "clock-pause",
        ["wait_cancelled"] = "circle-x",
        ["run_reverted"] = "arrow-back-up",
        ["file"] = "paperclip",
        ["file_deleted"] = "trash",
        ["gate_passed"] = "alert-triangle",
        ["gate_held"] = "alert-triangle",
    };

    public IReadOnlyList<TimelineLine> Lines(ItemRef item, IEnumerable<Entry> entries) => [.. entries.Select(entry => Line(item, entry))];

    /// <summary>The place of a robot's run on the automation tab.</summary>
    public static string RobotUrl(ItemRef item, long robotRunId) => string.Create(CultureInfo.InvariantCulture, $"{ItemKind.UrlOf(item)}/automation#robot-{robotRunId}");

    private TimelineLine Line(ItemRef item, Entry entry)
    {
        var who = entry.ActorName.Length > 0 ? entry.ActorName : texts["value.automation"].Value;
        var key = string.Create(CultureInfo.InvariantCulture, $"{entry.Kind}-{entry.Id}").ToLowerInvariant();
        var line = entry switch
        {
            ChangeEntry change => Change(key, change, who, item.TypeId),
            CommentEntry comment => new TimelineLine(key, entry.At, "message-circle", who, texts["timeline.commented"]) { Tone = "primary", Text = comment.Comment.Text },
            TaskEntry task => Task(key, task, who),
            NoteEntry note => Note(key, note.Note, who),
            RunEntry run => Run(key, run, who, item),
            _ => new TimelineLine(key, entry.At, "activity", who, ""),
        };
        return entry.Robot is { } robot ? line with { Robot = (robot.Name, RobotUrl(item, robot.RobotRunId)) } : line;
    }

    private TimelineLine Change(string key, ChangeEntry change, string who, int typeId)
    {
        var (icon, tone, what) = change.EventKind switch
        {
            "added" => ("plus", "success", texts["timeline.added"].Value),
            "deleted" => ("trash", "danger", texts["timeline.deleted"].Value),
            "undone" => ("arrow-back-up", "warning", texts["timeline.undone", change.To?.Name ?? ""].Value),
            "moved" => ("arrow-right", "primary", texts["timeline.moved", change.From?.Name ?? "", change.To?.Name ?? ""].Value),
            _ => ("pencil", null, texts["timeline.changed"].Value),
        };
        var hidden = change.EventKind is "moved" or "undone" ? FieldCodes.Stage : null;
        var shown = change.Changes.Where(c => c.Code != hidden && c.Field is not { Kind: FieldKind.Pipeline } && !(change.EventKind == "added" && c.Field is { OnForm: false }));
        return new(key, change.At, icon, who, what) { Tone = tone, Changes = [.. shown.Select(c => Shown(c, change, typeId))] };
    }

    private FieldChange Shown(ShownChange change, ChangeEntry entry, int typeId)
    {
        var currency = change.Code == FieldCodes.Amount ? (entry.Changes.FirstOrDefault(c => c.Code == FieldCodes.Currency)?.New as Expressions.Values.TextValue)?.Text : null;
        string? Text(string? named, Expressions.Values.Value value) => named is { Length: > 0 } ? named : fields.Show(change.Field, value, typeId, currency) is { Length: > 0 } shown ? shown : null;
        return new(change.Field is null ? change.Code : titles.Of(change.Field), Text(change.OldText, change.Old), Text(change.NewText, change.New));
    }

    private TimelineLine Task(string key, TaskEntry entry, string who)
    {
        var task = entry.Task;
        var state = task.State switch { TaskState.Done => texts["task.done"].Value, TaskState.Cancelled => texts["task.cancelled"].Value, _ => texts["task.open"].Value };
        var due = task.Deadline is { } deadline ? texts["timeline.task_due", format.DateTime(deadline)].Value : null;
        return new(key, entry.At, task.State == TaskState.Done ? "circle-check" : "checkbox", who, texts["timeline.task", entry.ResponsibleName])
        {
            Tone = task.State == TaskState.Done ? "success" : null,
            Text = string.Join(" · ", new[] { task.Title, state, due }.Where(t => !string.IsNullOrEmpty(t))),
        };
    }

    private TimelineLine Note(string key, TimelineNote note, string who) =>
        new(key, note.At, NoteIcons.GetValueOrDefault(note.Kind, "note"), note is { ActorId: 0, Kind: "document_viewed" or "document_signed" or "qr_confirmed" } ? texts["value.client"] : who, texts[$"timeline.note.{note.Kind}", note.Subject])
        {
            Text = note.Text.Length == 0 ? null : note.Kind == "form" ? FormText(note) : note.Kind is "gate_passed" or "gate_held" ? FieldNames(note) : note.Text,
            Link = note.Link is { } link ? (texts["timeline.note_open"], link) : null,
        };

    /// <summary>What a visitor wrote, with the names of the fields in the reader's language.</summary>
    private string FormText(TimelineNote note) => string.Join('\n', note.Text.Split('\n').Select(line =>
        line.Split(": ", 2) is [var code, var said] && FieldName(note.TypeId, code) is { } name ? $"{name}: {said}" : line));

    private string FieldNames(TimelineNote note) => string.Join(", ", note.Text.Split('\n').Select(code => FieldName(note.TypeId, code) ?? code));

    private string? FieldName(int typeId, string code) =>
        ClientFields.All.Contains(code) ? texts[$"webform.{code.ToLowerInvariant()}"].Value : fields.TitleOf(typeId, code);

    private TimelineLine Run(string key, RunEntry entry, string who, ItemRef item)
    {
        var (tone, state) = entry.Run.State switch
        {
            RunState.Done => ("success", texts["run.done"].Value),
            RunState.Cancelled => (null, texts["run.cancelled"].Value),
            RunState.Undone => ("warning", texts["run.undone"].Value),
            RunState.Stopped => ("danger", texts["run.stopped"].Value),
            _ => ("primary", texts["run.running"].Value),
        };
        return new(key, entry.At, "robot", who, texts["timeline.run", entry.Stage?.Name ?? entry.Run.StageId])
        {
            Tone = tone,
            Text = state,
            Link = (texts["timeline.run_open"], string.Create(CultureInfo.InvariantCulture, $"{ItemKind.UrlOf(item)}/automation#run-{entry.Run.Id}")),
        };
    }
}
