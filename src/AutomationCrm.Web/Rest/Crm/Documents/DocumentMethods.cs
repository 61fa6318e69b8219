using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Links;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Crm.Items;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Documents;

/// <summary>crm.documentgenerator.*: documents and their templates (reference bitrix-rest 2.19).</summary>
internal static class DocumentMethods
{
    private static readonly RestParameter Id = Need("id", RestShape.Id);

    private static readonly RestShape Document = RestShape.Object(
        new("id", RestShape.Id), new("title", RestShape.Text), new("number", RestShape.Text), new("createTime", RestShape.Instant), new("createdBy", RestShape.Whole),
        new("templateId", RestShape.Id), new("entityTypeId", RestShape.Id), new("entityId", RestShape.Id),
        new("downloadUrl", RestShape.Text.OrNull(), About: "The DOCX, for people who are signed in."), new("pdfUrl", RestShape.Text.OrNull()), new("publicUrl", RestShape.Text.OrNull()),
        new("views", RestShape.Whole), new("signedTime", RestShape.Instant.OrNull()), new("signedName", RestShape.Text.OrNull()));

    private static readonly RestShape One = RestShape.Object(new RestParameter("document", Document));

    private static readonly RestShape Template = RestShape.Object(
        new("id", RestShape.Id), new("name", RestShape.Text), new("code", RestShape.Text), new("kind", RestShape.Text.Like("docx")), new("active", RestShape.Text.Like("Y")), new("entityTypeId", RestShape.ListOf(RestShape.Id)));

    public static IEnumerable<RestMethod> All =>
    [
        new("crm.documentgenerator.document.add", "crm", RestRight.Member, RestStyle.Controller,
            [Need("templateId", RestShape.Id), Need("entityTypeId", RestShape.Id.Like(2)), Need("entityId", RestShape.Id), May("values", RestShape.Map, "Values by name or path; they override what a path would give."), May("format", RestShape.Text.Like("pdf"), "pdf, docx or both; the template's own kind without it.")],
            One, AddAsync) { About = "Makes a document from a template." },
        new("crm.documentgenerator.document.get", "crm", RestRight.Member, RestStyle.Controller, [Id], One, GetAsync) { ReadOnly = true, About = "One document." },
        new("crm.documentgenerator.document.list", "crm", RestRight.Member, RestStyle.Controller,
            [Need("filter", RestShape.Object(Need("entityTypeId", RestShape.Id.Like(2)), Need("entityId", RestShape.Id)))], RestShape.Object(new RestParameter("documents", RestShape.ListOf(Document))), ListAsync)
            { ReadOnly = true, About = "The documents of an item, newest first." },
        new("crm.documentgenerator.document.delete", "crm", RestRight.Member, RestStyle.Controller, [Id], RestShape.Any, DeleteAsync) { About = "Deletes a document with its files; its number stays taken." },
        new("crm.documentgenerator.document.enablepublicurl", "crm", RestRight.Member, RestStyle.Controller, [Id, Need("status", RestShape.Flag)], RestShape.Object(new RestParameter("publicUrl", RestShape.Text.OrNull())), LinkAsync)
            { About = "Opens or takes back the public link of a document." },
        new("crm.documentgenerator.template.list", "crm", RestRight.Administrator, RestStyle.Controller, [], RestShape.Object(new RestParameter("templates", RestShape.MapOf(Template))), TemplatesAsync)
            { ReadOnly = true, About = "The document templates by id." },
    ];

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        var (sender, arguments) = (call.Get<ISender>(), call.Arguments);
        var templateId = arguments.Id("templateId");
        var template = await sender.Send(new FindTemplate(templateId), ct);
        var format = arguments.Text("format") ?? (template.Kind == DocumentTemplate.Docx ? "docx" : "pdf");
        if (format is not ("pdf" or "docx" or "both")) throw new RestException(new RestError(400, RestErrors.InvalidArgument, "The format is pdf, docx or both.", "format"));

        var item = new ItemRef(ItemTypeArgument.Require(call).Id, arguments.Id("entityId"));
        var values = arguments.Map("values").Entries.ToDictionary(e => e.Key, e => Value.Of(e.Value.Text ?? ""));
        var made = await sender.Send(new CreateDocument(new MakeDocument(item, template.Code) { Values = values, WithDocx = format is "docx" or "both", WithPdf = format is "pdf" or "both" }), ct);
        return RestValue.Map(("document", Write(call, made.Document, made.Url)));
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct)
    {
        var view = await call.Get<ISender>().Send(new GetDocument(call.Arguments.Id("id")), ct);
        return RestValue.Map(("document", Write(call, view.Document, view.Url)));
    }

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var filter = call.Arguments.Map("filter");
        var item = new ItemRef((int)Math.Min(Number(filter, "entityTypeId"), int.MaxValue), Number(filter, "entityId"));
        var papers = await call.Get<ISender>().Send(new GetItemPapers(item), ct);
        return new RestResult(RestValue.Map(("documents", RestValue.List(papers.Documents.Select(d => Write(call, d.Document, d.Url))))), Total: papers.Documents.Count);
    }

    private static async Task<RestResult> DeleteAsync(RestCall call, CancellationToken ct)
    {
        await call.Get<ISender>().Send(new DeleteDocument(call.Arguments.Id("id")), ct);
        return RestValue.Null;
    }

    private static async Task<RestResult> LinkAsync(RestCall call, CancellationToken ct)
    {
        var url = await call.Get<ISender>().Send(new SetDocumentLink(call.Arguments.Id("id"), call.Arguments.Flag("status") ?? false), ct);
        return RestValue.Map(("publicUrl", url));
    }

    private static async Task<RestResult> TemplatesAsync(RestCall call, CancellationToken ct)
    {
        var templates = await call.Get<ISender>().Send(new ListTemplates(), ct);
        return RestValue.Map(("templates", RestValue.Map([.. templates.Select(t => (t.Template.Id.ToString(CultureInfo.InvariantCulture), Write(t.Template)))])));
    }

    private static RestValue Write(DocumentTemplate template) => RestValue.Map(
        ("id", template.Id),
        ("name", template.Name),
        ("code", template.Code),
        ("kind", template.Kind),
        ("active", template.IsActive ? "Y" : "N"),
        ("entityTypeId", RestValue.List(template.TypeIds.Select(t => RestValue.Of(t)))));

    private static RestValue Write(RestCall call, Document document, string? url)
    {
        var links = call.Get<PublicLinks>();
        RestValue File(Guid? id) => id is { } file ? RestValue.Of(links.OfFile(file)) : RestValue.Null;
        return RestValue.Map(
            ("id", document.Id),
            ("title", document.Title),
            ("number", document.Number),
            ("createTime", call.Format.Instant(document.MadeAt)),
            ("createdBy", document.MadeBy),
            ("templateId", document.TemplateId),
            ("entityTypeId", document.TypeId),
            ("entityId", document.ItemId),
            ("downloadUrl", File(document.WithDocx ? document.SourceFileId : null)),
            ("pdfUrl", File(document.PdfFileId)),
            ("publicUrl", url),
            ("views", document.Views),
            ("signedTime", document.SignedAt is { } at ? call.Format.Instant(at) : RestValue.Null),
            ("signedName", document.SignedName));
    }

    // The binder has checked that they are ids.
    private static long Number(RestValue filter, string name) => RestArguments.TryWhole(filter.Find(name), out var id) ? id : 0;
}
