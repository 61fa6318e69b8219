using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents;

/// <summary>One document under the rights of its item.</summary>
public sealed record GetDocument(long Id) : IRequest<DocumentView>;

internal sealed class GetDocumentHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller, PublicLinks links, TimeProvider clock) : IRequestHandler<GetDocument, DocumentView>
{
    public async Task<DocumentView> Handle(GetDocument request, CancellationToken cancellationToken)
    {
        var document = await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == request.Id && d.DeletedAt == null, cancellationToken) ?? throw Missing(request.Id);
        try
        {
            _ = await GetItemHandler.ReadAsync(new ItemRef(document.TypeId, document.ItemId), store, gate, access, caller, cancellationToken);
        }
        catch (NotFoundException)
        {
            throw Missing(request.Id);
        }

        var template = await db.DocumentTemplates.Where(t => t.Id == document.TemplateId).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken);
        return new(document, template ?? "", document.HasOpenLink(clock.GetUtcNow()) ? links.OfDocument(document.PublicToken!) : null);
    }

    private static NotFoundException Missing(long id) => new("Document", $"{id}");
}
