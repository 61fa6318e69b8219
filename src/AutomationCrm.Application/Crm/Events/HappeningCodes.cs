namespace AutomationCrm.Application.Crm.Events;

/// <summary>What can happen to an item beside changes of its fields. Facts in brackets.</summary>
public static class HappeningCodes
{
    /// <summary>A task of the item was closed (TaskId, Title, ClosedBy).</summary>
    public const string TaskClosed = "task.closed";

    /// <summary>The deadline of an open task of the item has passed (TaskId, Title, ResponsibleId).</summary>
    public const string TaskOverdue = "task.overdue";

    /// <summary>A mail of the client came in (From, Subject, Text).</summary>
    public const string MailReceived = "mail.received";

    /// <summary>A mail went out to the client (To, Subject).</summary>
    public const string MailSent = "mail.sent";

    /// <summary>The client opened a mail (MailId, Subject).</summary>
    public const string MailOpened = "mail.opened";

    /// <summary>The client followed a link of a mail (MailId, Url).</summary>
    public const string LinkFollowed = "mail.link";

    /// <summary>A document was made (DocumentId, TemplateId, Number).</summary>
    public const string DocumentCreated = "document.created";

    /// <summary>A document was opened by its public link (DocumentId, Number).</summary>
    public const string DocumentViewed = "document.viewed";

    /// <summary>A document was signed off (DocumentId, Number).</summary>
    public const string DocumentSigned = "document.signed";

    /// <summary>A visitor confirmed the page of a QR code (Title, PageId).</summary>
    public const string QrConfirmed = "qr.confirmed";

    /// <summary>The client wrote through the public form of the item (Text).</summary>
    public const string ClientMessage = "client.message";

    /// <summary>A public form was submitted for the item (FormId).</summary>
    public const string FormSubmitted = "form.submitted";

    /// <summary>An inbound webhook was called (Code, and its parameters).</summary>
    public const string WebhookCalled = "webhook.called";

    /// <summary>An application executed its trigger (Code).</summary>
    public const string ApplicationTrigger = "application.trigger";

    /// <summary>A process has decided an approval about the item (Decision, ProcessKey).</summary>
    public const string ApprovalDecided = "approval.decided";
}
