using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Links;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Files;
using AutomationCrm.Web.Pages.Files;
using Microsoft.AspNetCore.Mvc;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The tab of documents and files.</summary>
[RequestSizeLimit(UploadedFile.MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadedFile.MostBytes)]
public sealed partial class CardModel
{
    public ItemPapers Papers { get; private set; } = new([], [], []);

    public async Task<IActionResult> OnPostUploadAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null || file.Length == 0) return Back(texts["files.none_chosen"], "warning");

        await sender.Send(new AddItemFile(Ref, file.FileName, await UploadedFile.ReadAsync(file, ct)), ct);
        return Back(texts["files.added", FileNames.Clean(file.FileName)]);
    }

    public async Task<IActionResult> OnPostDeleteFileAsync(Guid file, CancellationToken ct)
    {
        await sender.Send(new DeleteItemFile(file), ct);
        return Back(texts["files.deleted"]);
    }

    public async Task<IActionResult> OnPostMakeDocumentAsync(string? template, string? format, CancellationToken ct)
    {
        var made = await sender.Send(new CreateDocument(new MakeDocument(Ref, template ?? "") { WithDocx = format is "docx" or "both", WithPdf = format is not "docx" }), ct);
        return Said(made);
    }

    public async Task<IActionResult> OnPostPrintDocumentAsync(long document, CancellationToken ct) => Said(await sender.Send(new CreateDocumentPdf(document), ct));

    public async Task<IActionResult> OnPostOpenLinkAsync(long document, int days, CancellationToken ct)
    {
        await sender.Send(new SetDocumentLink(document, Open: true, days), ct);
        return Back(texts["documents.link_opened"]);
    }

    public async Task<IActionResult> OnPostCloseLinkAsync(long document, CancellationToken ct)
    {
        await sender.Send(new SetDocumentLink(document, Open: false), ct);
        return Back(texts["documents.link_closed"]);
    }

    public async Task<IActionResult> OnPostSignDocumentAsync(long document, CancellationToken ct)
    {
        await sender.Send(new SignDocument(document), ct);
        return Back(texts["documents.signed_done"]);
    }

    public async Task<IActionResult> OnPostDeleteDocumentAsync(long document, CancellationToken ct)
    {
        await sender.Send(new DeleteDocument(document), ct);
        return Back(texts["documents.deleted"]);
    }

    public string Size(long bytes) => bytes >= 1024 * 1024 ? texts["files.mb", Math.Round(bytes / 1024m / 1024m, 1)] : texts["files.kb", Math.Max(1, bytes / 1024)];

    private RedirectResult Said(MadeDocument made) => made.Problem is { } problem
        ? Back(texts["documents.no_pdf", made.Document.Number, problem.Message], "warning")
        : Back(texts["documents.made", made.Document.Number]);
}
