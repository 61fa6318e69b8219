using System.Globalization;
using System.Text.Json.Serialization;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Other;

/// <summary>
/// Waits until something is so: a condition holds, fields are filled in or changed, a task is closed, a document signed off, a mail
/// opened, a date reached. It is told, it does not ask; when the time is over it goes on, stops its track or moves the item.
/// </summary>
internal sealed class WaitForRobot() : Robot<WaitForRobot.Settings>("wait_for", RobotKind.State, RobotGroups.Other)
{
    private const string TimedOut = "TimedOut";
    private const string Until = "Until";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(TimedOut, FieldKind.Boolean), RobotResult.Of(Until, FieldKind.Instant)];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct) => DecideAsync(settings, context, null, ct);

    protected override async Task<Outcome> ContinueAsync(Settings settings, RobotContext context, WaitAnswer answer, CancellationToken ct)
    {
        if (!answer.TimedOut || settings.What == "date") return answer.TimedOut ? Done(timedOut: false) : await DecideAsync(settings, context, answer, ct);
        if (settings.OnTimeout == "stop") return new Outcome.Stop("wait.timeout", "What it waited for did not happen in time.");

        if (settings.OnTimeout == "move") await context.Send(new MoveItem(context.Item.Ref, settings.Stage), ct);
        return Done(timedOut: true);
    }

    private static Task<Outcome> DecideAsync(Settings settings, RobotContext context, WaitAnswer? answer, CancellationToken ct) => settings.What switch
    {
        "condition" => Task.FromResult(Condition(settings, context, answer)),
        "filled" => Task.FromResult(Filled(settings, context, answer)),
        "changed" => Task.FromResult(answer?.Signal is { Length: > 0 } ? Done(timedOut: false) : Wait(settings, context, answer, "wait.changed", "Waits for a change.", FieldSignals(settings, context))),
        "task_closed" => TaskAsync(settings, context, answer, ct),
        "document_signed" => DocumentAsync(settings, context, answer, ct),
        "mail_opened" => MailAsync(settings, context, answer, ct),
        "qr_confirmed" => QrAsync(settings, context, answer, ct),
        "date" => Task.FromResult(Date(settings, context)),
        _ => throw new RuleBrokenException("setting.option", $"It cannot wait for \"{settings.What}\".", "what"),
    };

    private static Outcome Condition(Settings settings, RobotContext context, WaitAnswer? answer)
    {
        if (settings.Condition is not { } condition) throw new RuleBrokenException("setting.required", "The setting condition is empty.", "condition");

        var verdict = context.Holds(condition);
        if (verdict.Failure is { } failure) return new Outcome.Failed("condition.unknown", failure.Message, Retryable: false);
        if (verdict.Holds) return Done(timedOut: false);
        return Wait(settings, context, answer, "wait.condition", "Waits until its condition is true.", condition.References.SelectMany(path => WaitSignal.Of(path, context.Item, context.Linked)));
    }

    private static Outcome Filled(Settings settings, RobotContext context, WaitAnswer? answer)
    {
        var fields = FieldsOf(settings, context);
        return fields.TrueForAll(f => !context.Item[f.Code].IsEmpty)
            ? Done(timedOut: false)
            : Wait(settings, context, answer, "wait.filled", "Waits until fields are filled in.", FieldSignals(settings, context));
    }

    private static async Task<Outcome> TaskAsync(Settings settings, RobotContext context, WaitAnswer? answer, CancellationToken ct)
    {
        var wanted = Number(settings.Task, "task");
        if (answer is { Signal.Length: > 0 })
            return wanted is null || answer.Facts.GetValueOrDefault("TaskId") == Value.Of((decimal)wanted.Value) ? Done(timedOut: false) : Outcome.KeepWaiting;

        var open = await context.Send(new FindOpenTasks(context.Item.Ref), ct);
        return (wanted is { } id ? !open.Contains(id) : open.Count == 0)
            ? new Outcome.Skipped("wait.no_task", "There is no such open task.")
            : Wait(settings, context, answer, "wait.task", "Waits until a task is closed.", [new(context.Item.Ref, HappeningCodes.TaskClosed)]);
    }

    private static async Task<Outcome> DocumentAsync(Settings settings, RobotContext context, WaitAnswer? answer, CancellationToken ct)
    {
        var wanted = Number(settings.Document, "document");
        if (answer is { Signal.Length: > 0 })
            return wanted is null || answer.Facts.GetValueOrDefault("DocumentId") == Value.Of((decimal)wanted.Value) ? Done(timedOut: false) : Outcome.KeepWaiting;

        if (wanted is { } id && await context.Send(new IsDocumentSigned(context.Item.Ref, id), ct)) return Done(timedOut: false);
        return Wait(settings, context, answer, "wait.document", "Waits until a document is signed off.", [new(context.Item.Ref, HappeningCodes.DocumentSigned)]);
    }

    private static async Task<Outcome> MailAsync(Settings settings, RobotContext context, WaitAnswer? answer, CancellationToken ct)
    {
        Guid? wanted = settings.Mail.Length == 0 ? null : Guid.TryParse(settings.Mail, out var id) ? id : throw new RuleBrokenException("setting.type", "The setting mail takes the MailId of a robot that sends mail.", "mail");
        if (answer is { Signal.Length: > 0 })
            return wanted is null || answer.Facts.GetValueOrDefault("MailId") == Value.Of(wanted.Value.ToString("D")) ? Done(timedOut: false) : Outcome.KeepWaiting;

        if (wanted is { } mail && await context.Send(new IsMailOpened(context.Item.Ref, mail), ct)) return Done(timedOut: false);
        return Wait(settings, context, answer, "wait.mail", "Waits until a mail is opened.", [new(context.Item.Ref, HappeningCodes.MailOpened)]);
    }

    // The pages that this run has made; all of them.
    private static async Task<Outcome> QrAsync(Settings settings, RobotContext context, WaitAnswer? answer, CancellationToken ct)
    {
        var pages = await context.Send(new FindQrPages(context.Item.Ref), ct);
        if (pages.Made == 0) return new Outcome.Skipped("wait.no_qr", "No robot of this run has made a page with a QR code.");
        return pages.Confirmed == pages.Made ? Done(timedOut: false) : Wait(settings, context, answer, "wait.qr", "Waits until a visitor confirms.", [new(context.Item.Ref, HappeningCodes.QrConfirmed)]);
    }

    private static Outcome Date(Settings settings, RobotContext context)
    {
        var zone = context.Evaluation.TimeZone;
        if (settings.Date.Length == 0) throw new RuleBrokenException("setting.required", "The setting date is empty.", "date");

        DateTimeOffset at = ValueReader.TryMoment(settings.Date, context.Evaluation.Culture, zone) switch
        {
            DateValue day => Zones.StartOf(day.Day, zone),
            InstantValue moment => moment.At,
            _ => throw new RuleBrokenException("setting.type", "The setting date takes a date.", "date"),
        };
        return at <= context.Now ? Done(timedOut: false) : new Outcome.WaitFor("wait.date", "Waits for a date.", []) { Until = at };
    }

    private static Outcome Wait(Settings settings, RobotContext context, WaitAnswer? answer, string code, string why, IEnumerable<WaitSignal> signals)
    {
        // The time counts from the first turn on, however often it is asked again.
        DateTimeOffset? until = answer?.Results.GetValueOrDefault(Until) is InstantValue known ? known.At : settings.Timeout > TimeSpan.Zero ? context.Now + settings.Timeout : null;
        return new Outcome.WaitFor(code, why, [.. signals.Distinct()])
        {
            Until = until,
            Results = until is { } at ? new Dictionary<string, Value> { [Until] = Value.Of(at) } : new(),
        };
    }

    private static Outcome Done(bool timedOut) => RobotResult.Done((TimedOut, Value.Of(timedOut)));

    private static IEnumerable<WaitSignal> FieldSignals(Settings settings, RobotContext context) => FieldsOf(settings, context).Select(f => WaitSignal.Field(context.Item.Ref, f.Code));

    private static List<Field> FieldsOf(Settings settings, RobotContext context)
    {
        List<Field> fields = [.. settings.Fields.SelectMany(f => f.Split([',', '\n', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(code => context.Item.Type.Fields.FindByAnyName(code) ?? throw new RuleBrokenException("field.unknown", $"There is no field {code}.", "fields"))];
        return fields.Count > 0 ? fields : throw new RuleBrokenException("setting.required", "The setting fields is empty.", "fields");
    }

    private static long? Number(string text, string setting) =>
        text.Length == 0 ? null : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new RuleBrokenException("setting.type", $"The setting {setting} takes a number.", setting);

    internal sealed record Settings
    {
        [Setting(FieldKind.Option, Required = true, Options = ["condition", "filled", "changed", "task_closed", "document_signed", "mail_opened", "qr_confirmed", "date"])]
        public string What { get; init; } = "condition";

        [Setting(FieldKind.Condition, When = "what=condition"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Condition? Condition { get; init; }

        /// <summary>Codes of fields; one text may hold several, separated by commas.</summary>
        [Setting(FieldKind.FieldCodes, Multiple = true, When = "what=filled|changed")]
        public IReadOnlyList<string> Fields { get; init; } = [];

        /// <summary>A number such as <c>{=task:TaskId}</c>; empty is any task of the item.</summary>
        [Setting(FieldKind.TaskNumber, When = "what=task_closed")]
        public string Task { get; init; } = "";

        /// <summary>A number such as <c>{=doc:DocumentId}</c>; empty is any document of the item.</summary>
        [Setting(FieldKind.DocumentNumber, When = "what=document_signed")]
        public string Document { get; init; } = "";

        /// <summary>A result such as <c>{=mail:MailId}</c>; empty is any mail of the item.</summary>
        [Setting(FieldKind.MailNumber, When = "what=mail_opened")]
        public string Mail { get; init; } = "";

        /// <summary>A day or a moment.</summary>
        [Setting(FieldKind.DateSource, When = "what=date")]
        public string Date { get; init; } = "";

        [Setting(FieldKind.Duration, When = "what=condition|filled|changed|task_closed|document_signed|mail_opened|qr_confirmed")]
        public TimeSpan Timeout { get; init; }

        [Setting(FieldKind.Option, Options = ["go_on", "stop", "move"], When = "what=condition|filled|changed|task_closed|document_signed|mail_opened|qr_confirmed")]
        public string OnTimeout { get; init; } = "go_on";

        [Setting(FieldKind.Stage, MaxLength = 100, When = "onTimeout=move")]
        public string Stage { get; init; } = "";
    }
}
