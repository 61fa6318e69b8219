using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Makes a mail about an item ready to be sent and keeps it; sending is the outbox's work. Answers null when everybody asked for no more mail.</summary>
/// <param name="Id">The effect key: composed again, it is the same mail.</param>
/// <param name="To">Addresses, alone or as <c>Name &lt;address&gt;</c>.</param>
public sealed record ComposeMail(Guid Id, ItemRef Item, IReadOnlyList<string> To, string Subject, string Text) : ICommand<MailRequest?>
{
    public bool ToClient { get; init; }

    /// <summary>Whether the text is our small Markdown.</summary>
    public bool Markup { get; init; } = true;

    public string? From { get; init; }

    public string? ReplyTo { get; init; }

    public IReadOnlyList<Guid> Files { get; init; } = [];

    public bool TrackOpens { get; init; }

    public bool TrackLinks { get; init; }

    /// <summary>The words of the link under which no more mail can be asked for; empty without one.</summary>
    public string Optout { get; init; } = "";

    public string? Chain { get; init; }
}

internal sealed class ComposeMailValidator : AbstractValidator<ComposeMail>
{
    public const int MostRecipients = 50;
    public const int MostText = 100_000;

    public ComposeMailValidator()
    {
        RuleFor(c => c.Id).NotEmpty();
        RuleFor(c => c.To).Must(to => to is { Count: > 0 and <= MostRecipients }).Refuses("mail.recipients", $"A mail goes to between 1 and {MostRecipients} addresses.", MostRecipients);
        RuleForEach(c => c.To).Must(a => Mailbox.TryParse(a) is not null).Refuses("mail.addresses", "'{PropertyName}' takes mail addresses such as name@example.com.");
        RuleFor(c => c.From).Must(IsAddress).Refuses("mail.sender", "'{PropertyName}' takes one mail address such as Shop <shop@example.com>.");
        RuleFor(c => c.ReplyTo).Must(IsAddress).Refuses("mail.address", "'{PropertyName}' takes one mail address.");
        RuleFor(c => c.Subject).NotEmpty().MaximumLength(500).Must(s => s is null || !HeaderText.IsHostile(s)).Refuses("text.subject_line", "'{PropertyName}' is one line of text without control characters.");
        RuleFor(c => c.Text).NotEmpty().MaximumLength(MostText).Storable();
        RuleFor(c => c.Optout).MaximumLength(200).Must(s => s is null || !HeaderText.IsHostile(s)).Refuses("text.line", "'{PropertyName}' is one line of text.");
        RuleFor(c => c.Files).Must(f => f is { Count: <= 20 }).Refuses("mail.files", "A mail takes at most 20 files.");
    }

    private static bool IsAddress(string? text) => string.IsNullOrEmpty(text) || Mailbox.TryParse(text) is not null;
}

internal sealed class ComposeMailHandler(CrmDbContext db, IUnitOfWork work, IAccess access, MailParts parts) : IRequestHandler<ComposeMail, MailRequest?>
{
    public async Task<MailRequest?> Handle(ComposeMail request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        var to = await WithoutOptoutsAsync(request, cancellationToken);
        if (to.Count == 0) return null;

        await parts.CheckFilesAsync(request.Files, cancellationToken);
        var token = MailIds.NewToken();
        var body = MailBody.Make(request.Text, request.Markup, token, request.TrackOpens, request.TrackLinks, request.Optout.Length > 0 ? (request.Optout, parts.Links.MailOptout(token)) : null, parts.Links);
        work.Changes.Add(work.Changes.Messages.Mails, new MailMessage
        {
            Id = request.Id,
            Direction = MailMessage.Out,
            State = MailState.Queued,
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            MessageId = parts.MessageId(request.Id),
            Token = token,
            FromAddress = request.From ?? "",
            ToAddresses = string.Join(", ", to),
            Subject = request.Subject,
            Text = MailMarkup.Render(request.Text, request.Markup, url => url).Text,
            ToClient = request.ToClient,
            At = work.Now,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        });
        for (var i = 0; i < body.Links.Count; i++) work.Changes.Add(work.Changes.Messages.Links, new MailLink { MailId = request.Id, Number = i + 1, Url = body.Links[i] });
        return new(request.Id, parts.MessageId(request.Id), Blank(request.From), Blank(request.ReplyTo), [.. to.Select(t => t.ToString())], request.Subject, body.Text, body.Html, token, request.ToClient, Headers(request, token), request.Files, request.Chain);
    }

    private async Task<IReadOnlyList<Mailbox>> WithoutOptoutsAsync(ComposeMail request, CancellationToken ct)
    {
        var to = request.To.Select(t => Mailbox.TryParse(t)!).DistinctBy(m => m.Address, StringComparer.OrdinalIgnoreCase).ToList();
        if (!request.ToClient) return to;

        var keys = to.ConvertAll(m => m.Address.ToLowerInvariant());
        var refused = await db.MailOptouts.AsNoTracking().Where(o => keys.Contains(o.Address)).Select(o => o.Address).ToListAsync(ct);
        return [.. to.Where(m => !refused.Contains(m.Address.ToLowerInvariant()))];
    }

    /// <summary>Automatic mail says so, and machines are asked not to answer it (RFC 3834).</summary>
    private Dictionary<string, string> Headers(ComposeMail request, string token)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Auto-Submitted"] = "auto-generated", ["X-Auto-Response-Suppress"] = "DR, RN, NRN, OOF, AutoReply" };
        if (request.Optout.Length == 0) return headers;

        headers["List-Unsubscribe"] = $"<{parts.Links.MailOptout(token)}>";
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        return headers;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What goes into a mail beside its text.</summary>
internal sealed class MailParts(IUnitOfWork work, IFileStore files, PublicLinks links)
{
    public const long MostBytes = StoredFile.MostBytes;

    public PublicLinks Links => links;

    public string MessageId(Guid mail) => MailIds.MessageId(mail, Uri.TryCreate(links.Base, UriKind.Absolute, out var url) && url.IdnHost.Length > 0 ? url.IdnHost : "localhost");

    /// <summary>Files that this very unit makes count as well: a document robot may stand before the mail.</summary>
    public async Task CheckFilesAsync(IReadOnlyList<Guid> wanted, CancellationToken ct)
    {
        var total = 0L;
        foreach (var id in wanted)
        {
            var file = work.Changes.NewFiles.Find(f => f.File.Id == id)?.File ?? await files.FindAsync(id, ct)
                ?? throw new RuleBrokenException("file.unknown", $"There is no file {id}.", "attachments");
            total += file.Size;
        }

        if (total > MostBytes) throw new RuleBrokenException("files.large", $"The files are larger than {MostBytes / 1024 / 1024} MB together.", "attachments");
    }
}
