using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>Deletes a document with its files and its link; its number stays taken. A signed one stays.</summary>
public sealed record DeleteDocument(long Id) : ICommand<bool>;

internal sealed class DeleteDocumentHandler(IUnitOfWork work, IAccess access, DocumentDesk desk) : IRequestHandler<DeleteDocument, bool>
{
    public async Task<bool> Handle(DeleteDocument request, CancellationToken cancellationToken)
    {
        var document = await desk.FindAsync(request.Id, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, await work.GetItemAsync(new ItemRef(document.TypeId, document.ItemId), cancellationToken));
        if (document.SignedAt is not null) throw new RuleBrokenException("document.signed", $"The document {document.Number} is signed off and stays.");

        foreach (var file in (ReadOnlySpan<Guid?>)[document.SourceFileId, document.PdfFileId])
            if (file is { } id) work.Changes.Add(work.Changes.RemovedFiles, id);
        (document.SourceFileId, document.PdfFileId, document.PublicToken, document.DeletedAt) = (null, null, null, work.Now);
        work.Changes.Add(work.Changes.ChangedDocuments, document);
        await desk.NoteAsync(document, "document_deleted", work.Caller.PersonId, document.Title, cancellationToken);
        return true;
    }
}
