using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Import;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Import;

/// <summary>One import: how far it is, then what it found.</summary>
public sealed class ReportModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    private const int PageSize = 100;

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>Only problems of this kind.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int After { get; set; }

    public ImportReport Report { get; private set; } = null!;

    public ImportProblemPage Problems { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Report = await sender.Send(new GetImport(Id), ct);
        Problems = await sender.Send(new ListImportProblems(Id, Kind, Math.Max(After, 0), PageSize), ct);
    }

    /// <summary>The part of the page that changes while the import runs.</summary>
    public async Task<IActionResult> OnGetProgressAsync(CancellationToken ct)
    {
        Report = await sender.Send(new GetImport(Id), ct);
        // The rest of the page changes too when the import has ended.
        if (!Report.Import.IsOpen) Response.Headers["HX-Refresh"] = "true";
        return Partial("_Progress", Report);
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken ct)
    {
        await sender.Send(new CancelImport(Id), ct);
        Flash.Set(TempData, new Flash(texts["import.cancel_asked"]));
        return RedirectToPage(new { id = Id });
    }

    /// <summary>All dirty rows as a file.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var page = await sender.Send(new ListImportProblems(Id, Kind, 0, 5_000), ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=import-{Id}-problems.csv");
        await Response.WriteAsync("\uFEFF" + ImportProblemCsv.Line(texts["import.file"], texts["import.row"], texts["import.column"], texts["import.value"], texts["import.kind"], texts["import.what_was_done"], texts["import.code"]), ct);
        while (true)
        {
            foreach (var problem in page.Problems) await Response.WriteAsync(Line(problem), ct);
            if (page.Next is not { } next) return new EmptyResult();
            page = await sender.Send(new ListImportProblems(Id, Kind, next, 5_000), ct);
        }
    }

    /// <summary>In the reader's language but for the code, by which programs count.</summary>
    private string Line(ImportProblem problem) => ImportProblemCsv.Line(
        problem.File, problem.Row.ToString(CultureInfo.InvariantCulture), problem.Field, problem.Value, texts.Kind(problem.Code), texts.Note(problem), problem.Code);
}
