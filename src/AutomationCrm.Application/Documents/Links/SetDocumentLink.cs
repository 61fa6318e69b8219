using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Documents.Links;

/// <summary>Opens the public link of a document or takes it back; answers its address, null when it is closed. Opening again makes a new address: the old one is dead.</summary>
/// <param name="Days">0 without an end.</param>
public sealed record SetDocumentLink(long Id, bool Open, int Days = 30) : ICommand<string?>;

internal sealed class SetDocumentLinkValidator : AbstractValidator<SetDocumentLink>
{
    public SetDocumentLinkValidator() => RuleFor(c => c.Days).InclusiveBetween(0, 3650);
}

internal sealed class SetDocumentLinkHandler(IUnitOfWork work, IAccess access, DocumentDesk desk) : IRequestHandler<SetDocumentLink, string?>
{
    public async Task<string?> Handle(SetDocumentLink request, CancellationToken cancellationToken)
    {
        var document = await desk.FindAsync(request.Id, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, await work.GetItemAsync(new ItemRef(document.TypeId, document.ItemId), cancellationToken));
        document.PublicToken = request.Open ? People.Secret.New() : null;
        document.LinkUntil = request is { Open: true, Days: > 0 } ? work.Now.AddDays(request.Days) : null;
        work.Changes.Add(work.Changes.ChangedDocuments, document);
        work.Hint(Topics.Item(new ItemRef(document.TypeId, document.ItemId)));
        return desk.LinkOf(document);
    }
}
