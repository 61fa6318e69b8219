using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Files;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Templates;

/// <summary>The document templates, and the place to add one.</summary>
[RequestSizeLimit(UploadedFile.MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadedFile.MostBytes)]
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts, TimeProvider clock) : PageModel
{
    public IReadOnlyList<TemplateRow> Templates { get; private set; } = [];

    public TemplateForm Form { get; private set; } = TemplateForm.New(System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>What a number of its documents looks like.</summary>
    public string Sample(DocumentTemplate template) => DocumentNumber.Write(template, DateOnly.FromDateTime(clock.GetUtcNow().Date), 1);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Templates = await sender.Send(new ListTemplates(), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, [FromForm] TemplateForm form, CancellationToken ct)
    {
        Form = form;
        var id = 0L;
        if (file is null) ModelState.AddModelError("file", texts["files.none_chosen"]);
        else if (await this.TryAsync(async () => id = await sender.Send(new SaveTemplateFile(null, file.FileName, await UploadedFile.ReadAsync(file, ct), form.Read()), ct)) is { } refused) return refused;
        if (id > 0)
        {
            Flash.Set(TempData, new Flash(texts["templates.added"]));
            return Redirect($"/document-templates/{id}");
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(ct);
    }
}
