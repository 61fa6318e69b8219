using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Making;

/// <summary>
/// Takes the next number, fills the template and keeps the document; answers its id. A PDF is added afterwards by <see cref="FinishDocument"/>,
/// because a converter is an outside program. The same effect key again answers the same document.
/// </summary>
/// <param name="Template">The template's code.</param>
public sealed record MakeDocument(ItemRef Item, string Template) : ICommand<long>
{
    public const int MostValues = 100;

    /// <summary>Values by name (<c>{=Value:Name}</c>), or by path (<c>Document:TITLE</c>) to override what the path would give.</summary>
    public IReadOnlyDictionary<string, Value> Values { get; init; } = new Dictionary<string, Value>();

    /// <summary>Empty: the template's name.</summary>
    public string Title { get; init; } = "";

    public bool WithDocx { get; init; }

    public bool WithPdf { get; init; } = true;

    /// <summary>Whether its files stand among the item's files too.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>Whether a public link is made.</summary>
    public bool Link { get; init; }

    /// <summary>Days the link is open, 0 without an end.</summary>
    public int LinkDays { get; init; } = 30;

    public Guid? EffectKey { get; init; }
}

internal sealed class MakeDocumentValidator : AbstractValidator<MakeDocument>
{
    public MakeDocumentValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(c => c.Template).NotEmpty().MaximumLength(100).Storable();
        RuleFor(c => c.Title).MaximumLength(DocumentTemplate.NameMaxLength).Storable();
        RuleFor(c => c.WithDocx).Must((c, docx) => docx || c.WithPdf).WithName("format").Refuses("document.format", "A document is made as DOCX, as PDF or as both.");
        RuleFor(c => c.LinkDays).InclusiveBetween(0, 3650);
        RuleFor(c => c.Values).Must(v => v is null || v.Count <= MakeDocument.MostValues).Refuses("document.values", $"A document takes at most {MakeDocument.MostValues} values.", MakeDocument.MostValues);
    }
}

internal sealed class MakeDocumentHandler(IUnitOfWork work, IAccess access, CrmDbContext db, PaperBuilder builder, DocumentDesk desk) : IRequestHandler<MakeDocument, long>
{
    public async Task<long> Handle(MakeDocument request, CancellationToken cancellationToken)
    {
        if (request.EffectKey is { } key && await db.Documents.AsNoTracking().Where(d => d.EffectKey == key).Select(d => (long?)d.Id).SingleOrDefaultAsync(cancellationToken) is { } made) return made;

        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var (template, version) = await TemplateAsync(request, cancellationToken);
        var day = builder.DayOf(item);
        var data = await builder.GatherAsync(item, request.Values, cancellationToken);
        var series = DocumentNumber.SeriesOf(template, day);
        var counter = await work.TakeNumberAsync(series, cancellationToken);
        var (number, title) = (DocumentNumber.Write(template, day, counter), request.Title.Length > 0 ? request.Title : template.Name);
        var content = await builder.FillAsync(template, version.FileId, data with { Number = number, Title = title, Date = day }, cancellationToken);
        var document = new Document
        {
            Id = await work.NextIdAsync(cancellationToken),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            TemplateId = template.Id,
            TemplateVersion = version.Number,
            Kind = template.Kind,
            Series = series,
            Counter = counter,
            Number = number,
            Title = title,
            WithDocx = request.WithDocx,
            WithPdf = request.WithPdf,
            Listed = request.Listed,
            SourceFileId = desk.Store(content, $"{number} {title}.{template.Kind}"),
            MadeAt = work.Now,
            MadeBy = work.Caller.PersonId,
            RunId = work.Caller.RunId,
            RobotRunId = work.Caller.RobotRunId,
            EffectKey = request.EffectKey,
            PublicToken = request.Link ? People.Secret.New() : null,
            LinkUntil = request.Link && request.LinkDays > 0 ? work.Now.AddDays(request.LinkDays) : null,
        };
        if (request.WithDocx) desk.Attach(document, document.SourceFileId.Value, document.FileName(DocumentTemplate.Docx), content.Length);
        if (!request.WithPdf) await desk.FinishAsync(document, cancellationToken);
        work.Changes.Add(work.Changes.NewDocuments, document);
        return document.Id;
    }

    private async Task<(DocumentTemplate Template, DocumentTemplateVersion Version)> TemplateAsync(MakeDocument request, CancellationToken ct)
    {
        var template = await db.DocumentTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Code == request.Template, ct)
            ?? throw new RuleBrokenException("template.unknown", $"There is no document template {request.Template}.", "template");
        if (!template.IsActive) throw new RuleBrokenException("template.off", $"The template \"{template.Name}\" is switched off.", "template");
        if (!template.TypeIds.Contains(request.Item.TypeId)) throw new RuleBrokenException("template.type", $"The template \"{template.Name}\" is not for items of this type.", "template");
        if (request.WithDocx && template.Kind != DocumentTemplate.Docx)
            throw new RuleBrokenException("template.format", $"The template \"{template.Name}\" is HTML: it makes PDF only.", "format");

        var version = await db.DocumentTemplateVersions.AsNoTracking().SingleOrDefaultAsync(v => v.TemplateId == template.Id && v.Number == template.Version, ct)
            ?? throw new NotFoundException("Template", template.Code);
        return (template, version);
    }
}
