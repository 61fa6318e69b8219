using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Documents.Links;

/// <summary>Says that a document is signed off; a person of the portal does it on the item's card. Answers false when it was already.</summary>
public sealed record SignDocument(long Id) : ICommand<bool>;

/// <summary>The client signs a document off on its public page.</summary>
/// <param name="Consent">He agrees that his name and the time are kept.</param>
public sealed record SignPublicDocument(string Token, string Name, bool Consent) : ICommand<bool>;

internal sealed class SignPublicDocumentValidator : AbstractValidator<SignPublicDocument>
{
    public SignPublicDocumentValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(Document.SignerMaxLength).Storable();
        RuleFor(c => c.Consent).Equal(true);
    }
}

internal sealed class SignDocumentHandler(IUnitOfWork work, IAccess access, DocumentDesk desk, SigningDesk signing) : IRequestHandler<SignDocument, bool>
{
    public async Task<bool> Handle(SignDocument request, CancellationToken cancellationToken)
    {
        var document = await desk.FindAsync(request.Id, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, await work.GetItemAsync(new ItemRef(document.TypeId, document.ItemId), cancellationToken));
        return await signing.SignAsync(document, work.Caller.PersonId, work.Portal.PersonName(work.Caller.PersonId), cancellationToken);
    }
}

internal sealed class SignPublicDocumentHandler(PublicDocuments documents, SigningDesk signing) : IRequestHandler<SignPublicDocument, bool>
{
    public async Task<bool> Handle(SignPublicDocument request, CancellationToken cancellationToken) =>
        await signing.SignAsync(await documents.FindAsync(request.Token, cancellationToken), null, request.Name.Trim(), cancellationToken);
}

/// <summary>Signing off happens once.</summary>
internal sealed class SigningDesk(IUnitOfWork work, DocumentDesk desk)
{
    public async Task<bool> SignAsync(Document document, long? by, string name, CancellationToken ct)
    {
        if (document.SignedAt is not null) return false;
        if (document.FinishedAt is null) throw new RuleBrokenException("document.unfinished", "The document is not finished yet: its PDF is missing.");

        (document.SignedAt, document.SignedBy, document.SignedName) = (work.Now, by, name);
        work.Changes.Add(work.Changes.ChangedDocuments, document);
        await desk.NoteAsync(document, "document_signed", by ?? 0, name, ct);
        desk.Raise(document, HappeningCodes.DocumentSigned, ("SignedBy", Value.Of(name)));
        return true;
    }
}
