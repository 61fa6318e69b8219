using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Files;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Templates;

/// <summary>One document template: placeholders, a test on a real item, settings, versions.</summary>
[RequestSizeLimit(UploadedFile.MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadedFile.MostBytes)]
public sealed class EditModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public TemplateView View { get; private set; } = null!;

    public TemplateForm Form { get; private set; } = new();

    /// <summary>The item the test begins with: the newest.</summary>
    public long? TryId { get; private set; }

    public string Author(long id) => portal.Current.PersonName(id) is { Length: > 0 } name ? name : texts["value.automation"].Value;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(null, ct);

    public async Task<IActionResult> OnPostSaveAsync([FromForm] TemplateForm form, CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new UpdateTemplate(Id, form.Read()), ct)) is { } refused) return refused;
        return ModelState.IsValid ? Back(texts["templates.saved"]) : await LoadAsync(form, ct);
    }

    public async Task<IActionResult> OnPostUploadAsync(IFormFile? file, string? comment, CancellationToken ct)
    {
        if (file is null) ModelState.AddModelError("file", texts["files.none_chosen"]);
        else if (await this.TryAsync(async () => await sender.Send(new SaveTemplateFile(Id, file.FileName, await UploadedFile.ReadAsync(file, ct), null, comment ?? ""), ct)) is { } refused) return refused;
        return ModelState.IsValid ? Back(texts["templates.version_added"]) : await LoadAsync(null, ct);
    }

    public async Task<IActionResult> OnPostTryAsync(int typeId, long itemId, bool pdf, CancellationToken ct)
    {
        Application.Files.FileContent? made = null;
        try
        {
            if (await this.TryAsync(async () => made = await sender.Send(new TryTemplate(Id, new ItemRef(typeId, itemId), pdf), ct)) is not null) ModelState.AddModelError("itemId", texts["templates.try_missing", itemId]);
        }
        catch (PdfException problem)
        {
            ModelState.AddModelError("", problem.Message);
        }

        return made is not null ? this.Attachment(made) : await LoadAsync(null, ct);
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        await sender.Send(new DeleteTemplate(Id), ct);
        Flash.Set(TempData, new Flash(texts["templates.deleted"]));
        return Redirect("/document-templates");
    }

    private RedirectResult Back(string message)
    {
        Flash.Set(TempData, new Flash(message));
        return Redirect($"/document-templates/{Id}");
    }

    private async Task<IActionResult> LoadAsync(TemplateForm? posted, CancellationToken ct)
    {
        View = await sender.Send(new GetTemplate(Id), ct);
        Form = posted ?? TemplateForm.Of(View.Template);
        var newest = await sender.Send(new ListItems(new ItemQuery(View.Template.TypeIds[0]) { Order = [new(FieldCodes.Id, Descending: true)], Limit = 1 }), ct);
        TryId = newest.Items.Count > 0 ? newest.Items[0].Ref.Id : null;
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
