using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Shipped;

/// <summary>What an administrator may choose when he adds a shipped automation.</summary>
public sealed record ShippedOptions
{
    /// <summary>Idle: days until the responsible person is reminded, until the supervisor hears of it, until the item moves.</summary>
    public int RemindDays { get; init; } = 7;

    public int SupervisorDays { get; init; } = 10;

    public int MoveDays { get; init; } = 14;

    /// <summary>Idle: where the item goes; empty leaves it. Proposal: the stage that sends it.</summary>
    public string StageId { get; init; } = "";

    /// <summary>Proposal: days the client has to open it before the seller is to ask.</summary>
    public int FollowDays { get; init; } = 3;

    /// <summary>Proposal: the document template's id.</summary>
    public string Template { get; init; } = "";

    public string Subject { get; init; } = "{=Document:TITLE}";

    public string Text { get; init; } = "";
}

/// <summary>The automations the product comes with: each adds triggers and robots with keys of its own, so that adding it twice changes it.</summary>
internal static class ShippedAutomations
{
    public const string Idle = "idle";
    public const string Overdue = "overdue";
    public const string Proposal = "proposal";

    public static IReadOnlyList<string> Codes { get; } = [Idle, Overdue, Proposal];

    /// <summary>What is added to each stage of a pipeline.</summary>
    public static IReadOnlyDictionary<string, StageAutomationConfig> Build(string code, Pipeline pipeline, ShippedOptions options, ShippedTexts texts) => code switch
    {
        Idle => IdleOn(pipeline, options, texts),
        Overdue => pipeline.Stages.Where(s => !s.IsFinal).ToDictionary(s => s.Id, _ => OverdueOn(texts)),
        _ => new Dictionary<string, StageAutomationConfig> { [options.StageId] = ProposalOn(options, texts) },
    };

    // Final stages are stages in the order: without it a deal that is won would be moved as well.
    private static JsonElement StillOpen => JsonSerializer.SerializeToElement(new { all = new[] { new { field = "CLOSED", op = "eq", value = "N" } } });

    private static Dictionary<string, StageAutomationConfig> IdleOn(Pipeline pipeline, ShippedOptions options, ShippedTexts texts)
    {
        var stages = pipeline.Stages.Where(s => !s.IsFinal && s.Id != options.StageId).ToDictionary(s => s.Id, _ => new StageAutomationConfig
        {
            Triggers =
            [
                Trigger("shipped-idle", "idle", texts.IdleTrigger, new { days = options.RemindDays }) with { Move = false },
                Trigger("shipped-idle-head", "idle", texts.IdleHeadTrigger, new { days = options.SupervisorDays }) with { Move = false },
            ],
            Robots =
            [
                Robot("shipped-idle-remind", "notify_user", texts.IdleRobot, new { text = texts.IdleText }, "shipped-idle"),
                HeadRobot("shipped-idle-tell", texts.IdleHeadRobot, texts.IdleHeadText, "shipped-idle-head"),
            ],
        });
        if (options.StageId.Length > 0)
            stages[options.StageId] = new() { Triggers = [Trigger("shipped-idle-move", "idle", texts.IdleMoveTrigger, new { days = options.MoveDays }) with { Condition = StillOpen }] };
        return stages;
    }

    private static StageAutomationConfig OverdueOn(ShippedTexts texts) => new()
    {
        Triggers = [Trigger("shipped-overdue", "task_overdue", texts.OverdueTrigger, new { }) with { Move = false }],
        Robots = [HeadRobot("shipped-overdue-tell", texts.OverdueRobot, texts.OverdueText, "shipped-overdue")],
    };

    private static StageAutomationConfig ProposalOn(ShippedOptions options, ShippedTexts texts) => new()
    {
        Robots =
        [
            Robot("shipped-proposal", "create_item", texts.ProposalRobot, new { itemType = "7", fields = new Dictionary<string, string> { ["TITLE"] = "{=Document:TITLE}", ["OPPORTUNITY"] = "{=Document:OPPORTUNITY}", ["CURRENCY_ID"] = "{=Document:CURRENCY_ID}" } }),
            Robot("shipped-paper", "create_document", texts.PaperRobot, new { template = options.Template, format = "pdf", link = "Y" }) with { AfterPrevious = true },
            Robot("shipped-mail", "send_email", texts.MailRobot, new { to = "client", subject = options.Subject, text = options.Text.Length > 0 ? options.Text : texts.MailText, attachments = "{=shipped-paper:FileId}", trackOpens = "Y" }) with { AfterPrevious = true },
            Robot("shipped-wait", "wait_for", texts.WaitRobot, new { what = "mail_opened", mail = "{=shipped-mail:MailId}", timeout = $"P{options.FollowDays}D", onTimeout = "go_on" }) with { AfterPrevious = true },
            Robot("shipped-opened-task", "create_task", texts.OpenedRobot, new { title = texts.OpenedText, deadlineAfter = "P1D" }) with { AfterPrevious = true, Condition = TimedOut("N") },
            Robot("shipped-follow", "create_task", texts.FollowRobot, new { title = texts.FollowText, deadlineAfter = "P1D" }) with { AfterPrevious = true, Condition = TimedOut("Y") },
        ],
    };

    private static JsonElement TimedOut(string flag) => JsonSerializer.SerializeToElement(new { all = new[] { new { field = "shipped-wait:TimedOut", op = "eq", value = flag } } });

    private static TriggerConfig Trigger(string key, string type, string name, object settings) => new() { Key = key, Type = type, Name = name, Settings = JsonSerializer.SerializeToElement(settings) };

    private static RobotConfig Robot(string key, string type, string name, object settings, string? startedBy = null) =>
        new() { Key = key, Type = type, Name = name, StartedBy = startedBy, Settings = JsonSerializer.SerializeToElement(settings) };

    // Somebody at the top of the tree has no head: then nobody is told, and the robot says why.
    private static RobotConfig HeadRobot(string key, string name, string text, string startedBy) =>
        Robot(key, "notify_user", name, new { people = new[] { "{=Template:SupervisorId}" }, text }, startedBy) with
        {
            Condition = JsonSerializer.SerializeToElement(new { all = new[] { new { field = "Template:SupervisorId", op = "filled" } } }),
        };
}

/// <summary>Names and texts of a shipped automation in the language of whoever adds it.</summary>
public sealed record ShippedTexts(
    string IdleTrigger,
    string IdleRobot,
    string IdleText,
    string IdleHeadTrigger,
    string IdleHeadRobot,
    string IdleHeadText,
    string IdleMoveTrigger,
    string OverdueTrigger,
    string OverdueRobot,
    string OverdueText,
    string ProposalRobot,
    string PaperRobot,
    string MailRobot,
    string MailText,
    string FollowRobot,
    string FollowText,
    string WaitRobot,
    string OpenedRobot,
    string OpenedText)
{
    public static ShippedTexts English { get; } = new(
        "Nobody did anything for a while",
        "Remind the responsible person",
        "{=Document:TITLE}: nobody has done anything for a while.",
        "Still nobody did anything",
        "Tell the supervisor",
        "{=Document:TITLE}: nobody has done anything, and the responsible person was reminded.",
        "Given up after idleness",
        "A task is overdue",
        "Tell the head of the responsible person",
        "The task \"{=Template:Title}\" of {=Document:TITLE} is overdue.",
        "Make the proposal",
        "Make the document",
        "Send the proposal",
        "Please find our proposal attached.",
        "Follow up",
        "Nobody has opened the proposal, ask: {=Document:TITLE}",
        "Wait until the proposal is opened",
        "Call while they read",
        "The client reads the proposal: {=Document:TITLE}");
}
