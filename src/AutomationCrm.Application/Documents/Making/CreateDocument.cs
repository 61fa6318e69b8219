using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>Makes a document with all its forms: number and filled template in one commit, then the PDF, then the commit that adds it.</summary>
public sealed record CreateDocument(MakeDocument Order) : IRequest<MadeDocument>;

/// <summary>Tries the PDF of a document again that has none.</summary>
public sealed record CreateDocumentPdf(long Id) : IRequest<MadeDocument>;

/// <param name="Problem">Why the PDF is missing; null when everything is there.</param>
/// <param name="Retryable">Whether trying the PDF again may help by itself.</param>
public sealed record MadeDocument(Document Document, string? Url, PdfException? Problem)
{
    /// <summary>What is mailed or shown first: the PDF if there is one.</summary>
    public Guid? FileId => Document.PdfFileId ?? (Document.WithDocx ? Document.SourceFileId : null);
}

internal sealed class CreateDocumentValidator : AbstractValidator<CreateDocument>
{
    public CreateDocumentValidator() => RuleFor(c => c.Order).NotNull();
}

internal sealed class CreateDocumentHandler(ISender sender, Caller caller, DocumentPrinter printer) : IRequestHandler<CreateDocument, MadeDocument>
{
    public async Task<MadeDocument> Handle(CreateDocument request, CancellationToken cancellationToken)
    {
        // Several commands follow; the client's command id names the whole order, so it becomes the document's key.
        var order = request.Order with { EffectKey = request.Order.EffectKey ?? caller.CommandId };
        caller.CommandId = null;
        var id = await sender.Send(order, cancellationToken);
        return await printer.PrintAsync(id, cancellationToken);
    }
}

internal sealed class CreateDocumentPdfHandler(DocumentPrinter printer, Caller caller) : IRequestHandler<CreateDocumentPdf, MadeDocument>
{
    public Task<MadeDocument> Handle(CreateDocumentPdf request, CancellationToken cancellationToken)
    {
        caller.CommandId = null;
        return printer.PrintAsync(request.Id, cancellationToken);
    }
}

/// <summary>Adds the PDF to a document that wants one and has none.</summary>
internal sealed class DocumentPrinter(ISender sender, CrmDbContext db, IFileStore files, IPdfConverter converter, IWorkStore store, IPortal gate, IAccess access, Caller caller, PublicLinks links, TimeProvider clock)
{
    public async Task<MadeDocument> PrintAsync(long id, CancellationToken ct)
    {
        var document = await ReadAsync(id, ct);
        // Converting costs seconds: nobody without a right to the item makes us do it.
        _ = await GetItemHandler.ReadAsync(new ItemRef(document.TypeId, document.ItemId), store, gate, access, caller, ct);
        if (!document.WithPdf || document.PdfFileId is not null) return Made(document, null);

        try
        {
            var source = await files.ReadAsync(document.SourceFileId!.Value, ct) ?? throw new NotFoundException("Document", document.Number);
            await sender.Send(new FinishDocument(id, await converter.ConvertAsync(document.Kind, source, ct)), ct);
            return Made(await ReadAsync(id, ct), null);
        }
        catch (PdfException problem)
        {
            return Made(document, problem);
        }
    }

    private async Task<Document> ReadAsync(long id, CancellationToken ct) =>
        await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt == null, ct) ?? throw new NotFoundException("Document", $"{id}");

    private MadeDocument Made(Document document, PdfException? problem) =>
        new(document, document.HasOpenLink(clock.GetUtcNow()) ? links.OfDocument(document.PublicToken!) : null, problem);
}
