using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Portal;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Import;

/// <summary>Start an import, and the ones there were.</summary>
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public sealed class IndexModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Four files of 50 MB and what the form adds.</summary>
    private const long MostBytes = 201L * 1024 * 1024;

    public static IReadOnlyList<ImportPreset> Presets => ImportPresets.All;

    public IReadOnlyList<ImportView> Imports { get; private set; } = [];

    public string Author(ImportView import) => portal.Current.PersonName(import.AuthorId);

    public async Task OnGetAsync(CancellationToken ct) => Imports = await sender.Send(new ListImports(), ct);

    public async Task<IActionResult> OnPostAsync(string preset, IReadOnlyList<IFormFile> files, CancellationToken ct)
    {
        var streams = new List<Stream>();
        try
        {
            var given = new List<ImportFile>();
            foreach (var file in files.Where(f => f.Length > 0))
            {
                streams.Add(file.OpenReadStream());
                given.Add(new(file.FileName, streams[^1]));
            }

            var id = await sender.Send(new StartImport(preset ?? "", given), ct);
            Flash.Set(TempData, new Flash(texts["import.started"]));
            return RedirectToPage("Report", new { id });
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
        }
    }
}
