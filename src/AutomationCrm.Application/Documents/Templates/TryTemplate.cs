using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>Fills a template for an item without keeping anything and without taking a number; answers the file, a PDF when the template is HTML or when asked for.</summary>
public sealed record TryTemplate(long Id, ItemRef Item, bool Pdf) : IRequest<FileContent>;

internal sealed class TryTemplateHandler(CrmDbContext db, IUnitOfWork work, PaperBuilder builder, TemplateEngines engines, IPdfConverter converter, IAccess access) : IRequestHandler<TryTemplate, FileContent>
{
    public async Task<FileContent> Handle(TryTemplate request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "try document templates");
        var template = await db.DocumentTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Template", $"{request.Id}");
        var version = await db.DocumentTemplateVersions.AsNoTracking().SingleAsync(v => v.TemplateId == template.Id && v.Number == template.Version, cancellationToken);
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Read, item);
        var day = builder.DayOf(item);
        var data = await builder.GatherAsync(item, new Dictionary<string, Value>(), cancellationToken);
        var content = await builder.FillAsync(template, version.FileId, data with { Number = DocumentNumber.Write(template, day, 0), Title = template.Name, Date = day, IsTest = true }, cancellationToken);
        if (!request.Pdf && template.Kind == DocumentTemplate.Docx) return Of(content, "docx", engines.Of(template.Kind).MediaType);
        return Of(await converter.ConvertAsync(template.Kind, content, cancellationToken), "pdf", "application/pdf");
    }

    private static FileContent Of(byte[] content, string extension, string type) => new(new StoredFile { Name = $"test.{extension}", MediaType = type, Size = content.Length }, content);
}
