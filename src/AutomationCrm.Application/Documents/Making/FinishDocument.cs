using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>Gives a document its PDF; answers false when it had one already.</summary>
public sealed record FinishDocument(long Id, byte[] Pdf) : ICommand<bool>;

internal sealed class FinishDocumentValidator : AbstractValidator<FinishDocument>
{
    public FinishDocumentValidator() => RuleFor(c => c.Pdf).Must(p => p is { Length: > 0 and <= StoredFile.MostBytes } && FileTypes.IsPdf(p)).Refuses("document.no_pdf", "The converter gave no PDF.");
}

internal sealed class FinishDocumentHandler(IUnitOfWork work, IAccess access, DocumentDesk desk) : IRequestHandler<FinishDocument, bool>
{
    public async Task<bool> Handle(FinishDocument request, CancellationToken cancellationToken)
    {
        var document = await desk.FindAsync(request.Id, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, await work.GetItemAsync(new ItemRef(document.TypeId, document.ItemId), cancellationToken));
        if (document.PdfFileId is not null) return false;

        var name = document.FileName("pdf");
        document.PdfFileId = desk.Store(request.Pdf, name);
        desk.Attach(document, document.PdfFileId.Value, name, request.Pdf.Length);
        await desk.FinishAsync(document, cancellationToken);
        work.Changes.Add(work.Changes.ChangedDocuments, document);
        return true;
    }
}
