using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Messages;

/// <summary>What the outbox puts into an item's lane when a message was delivered: a line of its timeline.</summary>
/// <param name="Kind">See <see cref="TimelineNote.Kind"/>.</param>
public sealed record NoteJob(string Kind, string Subject, string Text, long? RunId, long? RobotRunId)
{
    public const string JobKind = "timeline.note";

    public (string Kind, string Args) ToJob() => (JobKind, JsonSerializer.Serialize(this));
}

internal sealed record AddNote(ItemRef Item, NoteJob Note) : ICommand<Unit>;

internal sealed class AddNoteHandler(IUnitOfWork work, IAccess access) : IRequestHandler<AddNote, Unit>
{
    public async Task<Unit> Handle(AddNote request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "write into the timeline");
        if (await work.FindItemAsync(request.Item, cancellationToken) is null) return Unit.Value;

        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(cancellationToken),
            TypeId = request.Item.TypeId,
            ItemId = request.Item.Id,
            Kind = request.Note.Kind,
            At = work.Now,
            ActorId = Caller.SystemId,
            Subject = request.Note.Subject,
            Text = request.Note.Text,
            RunId = request.Note.RunId,
            RobotRunId = request.Note.RobotRunId,
        });
        work.Hint(Topics.Item(request.Item));
        return Unit.Value;
    }
}

internal sealed class NoteJobHandler(IUnitOfWork work, ISender sender) : IJobHandler
{
    public string Kind => NoteJob.JobKind;

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct) => await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);

    public Task RunAsync(Job job, CancellationToken ct) => sender.Send(new AddNote(job.Lane.Item, JsonSerializer.Deserialize<NoteJob>(job.Args)!), ct);

    // Nothing is lost: the job is put aside for a person.
    public Task FailAsync(Job job, string message, CancellationToken ct) => throw new InvalidOperationException(message);
}
