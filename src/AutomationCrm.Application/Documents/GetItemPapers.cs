using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents;

/// <summary>The documents and files of an item, newest first, and the templates that make new ones.</summary>
public sealed record GetItemPapers(ItemRef Item) : IRequest<ItemPapers>;

public sealed record ItemPapers(IReadOnlyList<DocumentView> Documents, IReadOnlyList<ItemFile> Files, IReadOnlyList<TemplateChoice> Templates);

/// <param name="Url">The public link while it is open.</param>
public sealed record DocumentView(Document Document, string TemplateName, string? Url)
{
    public Guid? DocxFileId => Document.WithDocx ? Document.SourceFileId : null;
}

public sealed record TemplateChoice(string Code, string Name, string Kind);

internal sealed class GetItemPapersHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller, PublicLinks links, TimeProvider clock) : IRequestHandler<GetItemPapers, ItemPapers>
{
    private const int Most = 200;

    public async Task<ItemPapers> Handle(GetItemPapers request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var (typeId, id, now) = (item.Ref.TypeId, item.Ref.Id, clock.GetUtcNow());
        var templates = await db.DocumentTemplates.AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancellationToken);
        var names = templates.ToDictionary(t => t.Id, t => t.Name);
        var documents = await db.Documents.AsNoTracking().Where(d => d.TypeId == typeId && d.ItemId == id && d.DeletedAt == null).OrderByDescending(d => d.Id).Take(Most).ToListAsync(cancellationToken);
        return new(
            [.. documents.Select(d => new DocumentView(d, names.GetValueOrDefault(d.TemplateId, ""), d.HasOpenLink(now) ? links.OfDocument(d.PublicToken!) : null))],
            await db.ItemFiles.AsNoTracking().Where(f => f.TypeId == typeId && f.ItemId == id && f.Listed).OrderByDescending(f => f.At).ThenBy(f => f.FileId).Take(Most).ToListAsync(cancellationToken),
            [.. templates.Where(t => t.IsActive && t.TypeIds.Contains(typeId)).Select(t => new TemplateChoice(t.Code, t.Name, t.Kind))]);
    }
}
