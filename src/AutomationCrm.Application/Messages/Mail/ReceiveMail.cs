using System.Security.Cryptography;
using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Takes a mail in: it finds its item and its timeline, or the list of those without one. The same mail comes in once.</summary>
public sealed record ReceiveMail(IncomingMail Mail) : ICommand<MailReceipt>;

/// <param name="Id">Null when the mail was known already.</param>
public sealed record MailReceipt(Guid? Id, MailState State, string? Reason);

internal sealed class ReceiveMailValidator : AbstractValidator<ReceiveMail>
{
    public ReceiveMailValidator()
    {
        RuleFor(c => c.Mail.MessageId).NotEmpty().MaximumLength(998);
        RuleFor(c => c.Mail.From).NotEmpty().MaximumLength(320);
        RuleFor(c => c.Mail.Text).NotNull().MaximumLength(IncomingMail.MostText);
        RuleFor(c => c.Mail.Files).Must(f => f is { Count: <= IncomingMail.MostFiles });
    }
}

internal sealed class ReceiveMailHandler(CrmDbContext db, IUnitOfWork work, IAccess access, MailMatcher matcher, MailLoops loops, MailArrival arrival) : IRequestHandler<ReceiveMail, MailReceipt>
{
    public async Task<MailReceipt> Handle(ReceiveMail request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "take mail in");
        var mail = request.Mail;
        if (await db.Mails.AsNoTracking().Where(m => m.Direction == MailMessage.In && m.MessageId == mail.MessageId).Select(m => new { m.State, m.Reason }).FirstOrDefaultAsync(cancellationToken) is { } known) return new(null, known.State, known.Reason);

        var answered = await matcher.AnsweredAsync(mail, cancellationToken);
        var stopped = await loops.ReasonAsync(mail, cancellationToken);
        var (item, missing) = answered?.Item is { } of && await work.FindItemAsync(of, cancellationToken) is not null ? (of, null) : await matcher.BySenderAsync(mail.From, cancellationToken);
        var row = new MailMessage
        {
            Id = Guid.CreateVersion7(work.Now),
            Direction = MailMessage.In,
            State = stopped is not null ? MailState.Stopped : item is null ? MailState.Unmatched : MailState.Received,
            TypeId = item?.TypeId,
            ItemId = item?.Id,
            MessageId = mail.MessageId,
            Token = MailIds.NewToken(),
            FromAddress = mail.From,
            FromName = mail.FromName,
            ToAddresses = string.Join(", ", mail.To),
            Subject = mail.Subject,
            Text = mail.Text,
            At = work.Now,
            AnsweredBy = answered?.Id,
            Reason = stopped ?? missing,
            Attachments = JsonSerializer.Serialize(Keep(mail.Files)),
        };
        work.Changes.Add(work.Changes.Messages.Mails, row);
        work.Hint(Topics.Outbox);
        if (item is { } place) await arrival.ShowAsync(row, place, automatic: stopped is not null, cancellationToken);
        return new(row.Id, row.State, row.Reason);
    }

    private List<MailFileLine> Keep(IReadOnlyList<IncomingFile> files)
    {
        var kept = new List<MailFileLine>(files.Count);
        foreach (var file in files.Where(f => f.Content.Length <= StoredFile.MostBytes))
        {
            var stored = new StoredFile { Id = Guid.CreateVersion7(work.Now), Name = file.Name, MediaType = file.MediaType, Size = file.Content.Length, Sha256 = SHA256.HashData(file.Content), CreatedAt = work.Now, CreatedBy = Caller.SystemId };
            work.Changes.Add(work.Changes.NewFiles, new NewFile(stored, file.Content));
            kept.Add(new(stored.Id, stored.Name, stored.Size));
        }

        return kept;
    }
}

/// <summary>What a mail means for its item: a line of the timeline, a notice to whoever is responsible, and something to answer to.</summary>
internal sealed class MailArrival(IUnitOfWork work)
{
    private const int MostFact = 4_000;

    /// <param name="automatic">Nobody wrote it: it is shown and starts nothing.</param>
    public async Task ShowAsync(MailMessage mail, ItemRef place, bool automatic, CancellationToken ct)
    {
        var item = await work.GetItemAsync(place, ct);
        var (from, text) = (mail.FromName.Length > 0 ? $"{mail.FromName} <{mail.FromAddress}>" : mail.FromAddress, MailQuotes.Cut(mail.Text));
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = place.TypeId,
            ItemId = place.Id,
            Kind = automatic ? "mail_auto" : "mail_in",
            At = work.Now,
            ActorId = Caller.SystemId,
            Subject = from,
            Text = MailNote.Text(mail.Subject, text),
            Link = MailNote.Link(mail.Id),
        });
        work.Hint(Topics.Item(place));
        if (automatic) return;

        work.Raise(Happening.Of(place, HappeningCodes.MailReceived, ("From", Value.Of(mail.FromAddress)), ("Subject", Value.Of(mail.Subject)), ("Text", Value.Of(text.Length > MostFact ? text[..MostFact] : text)), ("MailId", Value.Of(mail.Id.ToString("D")))));
        if (!work.Portal.People.TryGetValue(item.ResponsibleId, out var person) || !person.IsActive) return;

        var line = $"{from}: {mail.Subject}";
        work.Changes.Add(work.Changes.Notifications, new Notification { Id = await work.NextIdAsync(ct), PersonId = person.Id, Text = line.Length > 500 ? line[..500] : line, TypeId = place.TypeId, ItemId = place.Id, At = work.Now });
        work.Hint(Topics.Person(person.Id));
    }
}
