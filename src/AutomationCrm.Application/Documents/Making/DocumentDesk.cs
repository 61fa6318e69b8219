using System.Security.Cryptography;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>What every command about documents does: files, timeline, happenings.</summary>
internal sealed class DocumentDesk(IUnitOfWork work, CrmDbContext db, PublicLinks links)
{
    public async Task<Document> FindAsync(long id, CancellationToken ct) =>
        await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt == null, ct) ?? throw new NotFoundException("Document", $"{id}");

    /// <summary>Keeps a content with the commit and answers the id of its file.</summary>
    public Guid Store(byte[] content, string name)
    {
        var file = new StoredFile
        {
            Id = Guid.CreateVersion7(work.Now),
            Name = FileNames.Clean(name),
            MediaType = FileTypes.Of(content, name).MediaType,
            Size = content.Length,
            Sha256 = SHA256.HashData(content),
            CreatedAt = work.Now,
            CreatedBy = work.Caller.PersonId,
        };
        work.Changes.Add(work.Changes.NewFiles, new NewFile(file, content));
        return file.Id;
    }

    public void Attach(Document document, Guid fileId, string name, long size) => work.Changes.Add(work.Changes.ItemFiles, new ItemFile
    {
        FileId = fileId,
        TypeId = document.TypeId,
        ItemId = document.ItemId,
        Name = FileNames.Clean(name),
        Size = size,
        DocumentId = document.Id,
        Listed = document.Listed,
        At = work.Now,
        AddedBy = document.MadeBy,
        RunId = document.RunId,
        RobotRunId = document.RobotRunId,
    });

    /// <summary>All forms are there: the item's timeline and whoever waits are told.</summary>
    public async ValueTask FinishAsync(Document document, CancellationToken ct)
    {
        document.FinishedAt = work.Now;
        await NoteAsync(document, "document", document.MadeBy, document.Title, ct);
        Raise(document, HappeningCodes.DocumentCreated, ("TemplateId", Value.Of((decimal)document.TemplateId)));
    }

    public async ValueTask NoteAsync(Document document, string kind, long actor, string text, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = document.TypeId,
            ItemId = document.ItemId,
            Kind = kind,
            At = work.Now,
            ActorId = actor,
            Subject = document.Number,
            Text = text,
            Link = (document.PdfFileId ?? (document.WithDocx ? document.SourceFileId : null)) is { } file ? $"/files/{file}" : null,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
        });
        work.Hint(Topics.Item(new ItemRef(document.TypeId, document.ItemId)));
    }

    public void Raise(Document document, string code, params ReadOnlySpan<(string Name, Value Value)> more) => work.Raise(Happening.Of(
        new ItemRef(document.TypeId, document.ItemId),
        code,
        [("DocumentId", Value.Of((decimal)document.Id)), ("Number", Value.Of(document.Number)), .. more]));

    public string? LinkOf(Document document) => document.HasOpenLink(work.Now) ? links.OfDocument(document.PublicToken!) : null;
}
