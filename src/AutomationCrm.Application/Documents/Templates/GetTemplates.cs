using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Portal;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>All templates with the number of documents made from each; for administrators.</summary>
public sealed record ListTemplates : IRequest<IReadOnlyList<TemplateRow>>;

public sealed record TemplateRow(DocumentTemplate Template, int Documents);

/// <summary>The active templates for robots and cards; for everybody.</summary>
public sealed record ListTemplateChoices(int? TypeId) : IRequest<IReadOnlyList<TemplateChoice>>;

/// <summary>One template: versions, and the placeholders of the newest with what is wrong with them.</summary>
public sealed record GetTemplate(long Id) : IRequest<TemplateView>;

public sealed record TemplateView(DocumentTemplate Template, IReadOnlyList<DocumentTemplateVersion> Versions, IReadOnlyList<TemplatePlaceholder> Placeholders, int Documents);

internal sealed class ListTemplatesHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListTemplates, IReadOnlyList<TemplateRow>>
{
    public async Task<IReadOnlyList<TemplateRow>> Handle(ListTemplates request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see document templates");
        var counts = await db.Documents.GroupBy(d => d.TemplateId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var templates = await db.DocumentTemplates.AsNoTracking().OrderBy(t => t.Name).ThenBy(t => t.Id).ToListAsync(cancellationToken);
        return [.. templates.Select(t => new TemplateRow(t, counts.GetValueOrDefault(t.Id)))];
    }
}

internal sealed class ListTemplateChoicesHandler(CrmDbContext db) : IRequestHandler<ListTemplateChoices, IReadOnlyList<TemplateChoice>>
{
    public async Task<IReadOnlyList<TemplateChoice>> Handle(ListTemplateChoices request, CancellationToken cancellationToken)
    {
        var templates = await db.DocumentTemplates.AsNoTracking().Where(t => t.IsActive).OrderBy(t => t.Name).ToListAsync(cancellationToken);
        return [.. templates.Where(t => request.TypeId is not { } type || t.TypeIds.Contains(type)).Select(t => new TemplateChoice(t.Code, t.Name, t.Kind))];
    }
}

internal sealed class GetTemplateHandler(CrmDbContext db, IFileStore files, TemplateEngines engines, IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetTemplate, TemplateView>
{
    public async Task<TemplateView> Handle(GetTemplate request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see document templates");
        var template = await db.DocumentTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Template", $"{request.Id}");
        var versions = await db.DocumentTemplateVersions.AsNoTracking().Where(v => v.TemplateId == request.Id).OrderByDescending(v => v.Number).ToListAsync(cancellationToken);
        var content = await files.ReadAsync(versions[0].FileId, cancellationToken) ?? throw new NotFoundException("File", versions[0].FileName);
        var placeholders = TemplateCheck.Check(engines.Of(template.Kind).Inspect(content), template.TypeIds, await portal.FreshAsync(cancellationToken));
        return new(template, versions, placeholders, await db.Documents.CountAsync(d => d.TemplateId == request.Id, cancellationToken));
    }
}

/// <summary>The template with an id, for whoever makes documents.</summary>
public sealed record FindTemplate(long Id) : IRequest<TemplateChoice>;

internal sealed class FindTemplateHandler(CrmDbContext db) : IRequestHandler<FindTemplate, TemplateChoice>
{
    public async Task<TemplateChoice> Handle(FindTemplate request, CancellationToken cancellationToken) =>
        await db.DocumentTemplates.Where(t => t.Id == request.Id).Select(t => new TemplateChoice(t.Code, t.Name, t.Kind)).SingleOrDefaultAsync(cancellationToken) ?? throw new NotFoundException("Template", $"{request.Id}");
}
