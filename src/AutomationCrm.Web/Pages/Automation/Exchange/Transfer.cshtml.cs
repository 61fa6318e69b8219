using System.Globalization;
using System.Text;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Exchange;

/// <summary>The automation of a pipeline out to a file and in again: mapped and checked first, saved only without a problem.</summary>
public sealed class TransferModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    private const long LargestFile = 5_000_000;

    public Pipeline Pipeline { get; private set; } = null!;

    /// <summary>The file in hand; empty before one was chosen.</summary>
    public string Text { get; private set; } = "";

    public ImportReport? Report { get; private set; }

    public IEnumerable<Person> People => portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture);

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    public IActionResult OnGet() => Load() ? Page() : NotFound();

    public async Task<IActionResult> OnGetFileAsync(CancellationToken ct)
    {
        if (!Load()) return NotFound();

        var json = await sender.Send(new ExportAutomation(Kind.TypeId, Pipeline.Id), ct);
        return File(Encoding.UTF8.GetBytes(json), "application/json", string.Create(CultureInfo.InvariantCulture, $"automation-{Kind.Path}-{Pipeline.Id}.json"));
    }

    /// <summary>Reads a file, or the one in hand with another mapping, and reports; with <paramref name="act"/> import it is saved.</summary>
    public async Task<IActionResult> OnPostAsync(IFormFile? file, string? known, string? act, CancellationToken ct)
    {
        if (!Load()) return NotFound();

        Text = file is { Length: > 0 and <= LargestFile } ? await ReadAsync(file, ct) : known ?? "";
        if (Text.Length == 0) return Page();

        var mapping = Request.Form.Where(f => f.Key.StartsWith("m.", StringComparison.Ordinal)).ToDictionary(f => f.Key[2..], f => f.Value.ToString(), StringComparer.Ordinal);
        Report = await sender.Send(new ImportAutomation(Kind.TypeId, Pipeline.Id, Text, mapping, DryRun: act != "import"), ct);
        if (Report.Saved.Count == 0) return Page();

        Flash.Set(TempData, new Flash(texts["transfer.done", Report.Saved.Count]));
        return Redirect(Address.Made(Report.Saved.Keys.First(), [.. Report.Saved.Select(s => new MadeVersion(Kind.TypeId, s.Key, s.Value))]));
    }

    private static async Task<string> ReadAsync(IFormFile file, CancellationToken ct)
    {
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }

    private bool Load()
    {
        if (portal.Current.Pipeline(Kind.TypeId, RouteData.PipelineId()) is not { } pipeline) return false;

        Pipeline = pipeline;
        return true;
    }
}
