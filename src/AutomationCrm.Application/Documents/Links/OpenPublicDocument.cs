using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Links;

/// <summary>What the public page of a document shows; an unknown, revoked or expired link is "not found" like any other.</summary>
/// <param name="Counts">Whether this is a visit of a client: not of a colleague, not a browser that only looks ahead.</param>
public sealed record OpenPublicDocument(string Token, bool Counts) : ICommand<PublicDocument>;

/// <param name="Docx">Whether the DOCX is offered.</param>
/// <param name="Pdf">Whether there is a PDF.</param>
public sealed record PublicDocument(string Number, string Title, DateTimeOffset MadeAt, bool Docx, bool Pdf, DateTimeOffset? LinkUntil, DateTimeOffset? SignedAt, string? SignedName);

internal sealed class OpenPublicDocumentHandler(IUnitOfWork work, PublicDocuments documents, DocumentDesk desk) : IRequestHandler<OpenPublicDocument, PublicDocument>
{
    /// <summary>Looking again within this time is the same visit.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromMinutes(30);

    public async Task<PublicDocument> Handle(OpenPublicDocument request, CancellationToken cancellationToken)
    {
        var document = await documents.FindAsync(request.Token, cancellationToken);
        if (request.Counts && !(work.Now - document.LastViewedAt < Visit)) await CountAsync(document, cancellationToken);
        return new(document.Number, document.Title, document.MadeAt, document.WithDocx, document.PdfFileId is not null, document.LinkUntil, document.SignedAt, document.SignedName);
    }

    private async Task CountAsync(Document document, CancellationToken ct)
    {
        var first = document.FirstViewedAt is null;
        (document.Views, document.FirstViewedAt, document.LastViewedAt) = (document.Views + 1, document.FirstViewedAt ?? work.Now, work.Now);
        work.Changes.Add(work.Changes.ChangedDocuments, document);
        work.Hint(Topics.Item(new ItemRef(document.TypeId, document.ItemId)));
        if (first) await desk.NoteAsync(document, "document_viewed", 0, document.Title, ct);
        desk.Raise(document, HappeningCodes.DocumentViewed);
    }
}

/// <summary>Finds documents by the token of their link; the token is the right.</summary>
internal sealed class PublicDocuments(CrmDbContext db, TimeProvider clock)
{
    public async Task<Document> FindAsync(string token, CancellationToken ct)
    {
        var document = token is { Length: People.Secret.Length } && !token.Contains('\0', StringComparison.Ordinal) ? await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.PublicToken == token, ct) : null;
        return document is not null && document.HasOpenLink(clock.GetUtcNow()) ? document : throw new NotFoundException("Document", "");
    }
}
