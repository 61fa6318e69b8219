using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>A mail has left the house: its item's timeline shows it, and whoever waits for it goes on.</summary>
internal sealed record RecordMailSent(Guid Mail) : ICommand<Unit>;

internal sealed class RecordMailSentHandler(CrmDbContext db, IUnitOfWork work, IAccess access) : IRequestHandler<RecordMailSent, Unit>
{
    public async Task<Unit> Handle(RecordMailSent request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "record mails");
        if (await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Id == request.Mail && m.Direction == MailMessage.Out, cancellationToken) is not { } mail) return Unit.Value;

        work.Changes.Add(work.Changes.Messages.Sent, new(mail.Id, work.Now));
        if (mail.Item is not { } item || await work.FindItemAsync(item, cancellationToken) is null) return Unit.Value;

        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(cancellationToken),
            TypeId = item.TypeId,
            ItemId = item.Id,
            Kind = "mail_out",
            At = work.Now,
            ActorId = Caller.SystemId,
            Subject = mail.ToAddresses,
            Text = MailNote.Text(mail.Subject, mail.Text),
            Link = MailNote.Link(mail.Id),
            RunId = mail.RunId,
            RobotRunId = mail.RobotRunId,
        });
        work.Hint(Topics.Item(item));
        if (mail.ToClient) work.Raise(Happening.Of(item, HappeningCodes.MailSent, ("To", Value.Of(mail.ToAddresses)), ("Subject", Value.Of(mail.Subject)), ("MailId", Value.Of(mail.Id.ToString("D")))));
        return Unit.Value;
    }
}

/// <summary>How mails look on a timeline.</summary>
internal static class MailNote
{
    private const int Most = 4_000;

    public static string Text(string subject, string text)
    {
        var whole = $"{subject}\n\n{text}".Trim();
        return whole.Length <= Most ? whole : whole[..Most] + "…";
    }

    public static string Link(Guid mail) => $"/mail/{mail:D}";
}

/// <summary>What the outbox puts into the item's lane when a mail was delivered.</summary>
/// <param name="Chain">See <see cref="ChainHeader"/>.</param>
public sealed record MailSentJob(Guid Mail, string? Chain)
{
    public const string Kind = "mail.sent";

    public string ToJson() => JsonSerializer.Serialize(this);
}

internal sealed class MailSentJobHandler(IUnitOfWork work, ISender sender) : IJobHandler
{
    public string Kind => MailSentJob.Kind;

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var sent = JsonSerializer.Deserialize<MailSentJob>(job.Args)!;
        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot, ChainHeader.Read(sent.Chain));
        try
        {
            await sender.Send(new RecordMailSent(sent.Mail), ct);
        }
        finally
        {
            work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        }
    }

    // Nothing is lost: the job is put aside for a person.
    public Task FailAsync(Job job, string message, CancellationToken ct) => throw new InvalidOperationException(message);
}
