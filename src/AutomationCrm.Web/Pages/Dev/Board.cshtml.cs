using System.Globalization;
using AutomationCrm.Web.Hosting.Errors;
using AutomationCrm.Web.Hosting.Live;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Board;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Dev;

/// <summary>A board over sample data: the reference for what the handlers of a real board answer.</summary>
[AllowAnonymous]
public sealed class BoardModel(SampleBoard sample, LiveHints hints, IStringLocalizer<Texts> texts) : PageModel
{
    private const string Path = "/dev/board";

    public IReadOnlyList<ColumnView> Columns { get; private set; } = [];

    public string? Search { get; private set; }

    public void OnGet(string? q)
    {
        Search = q;
        var board = SampleBoard.Board(Path);
        Columns = [.. SampleBoard.Stages.Select(stage => sample.Column(board, Path, stage.Id, q, take: 0))];
    }

    public PartialViewResult OnGetColumn(string stage, string? q, int take) =>
        Partial("Board/_BoardColumn", sample.Column(SampleBoard.Board(Path), Path, stage, q, take));

    public PartialViewResult OnGetMore(string stage, string? q, int skip) =>
        Partial("Board/_BoardCards", sample.More(SampleBoard.Board(Path), Path, stage, q, skip));

    public async Task<IActionResult> OnPostMoveAsync(long id, string from, string to, long version, CancellationToken ct)
    {
        var (refusal, card, undoKey) = sample.Move(id, to, version);
        await ChangedAsync(from, to, ct);
        var undoUrl = $"{Path}?handler=Undo&key={undoKey}";
        if (!Request.WantsJson())
        {
            Flash.Set(TempData, refusal is null ? new Flash(Moved(card!, to), UndoUrl: undoUrl) : new Flash(refusal, "danger"));
            return RedirectToPage();
        }

        if (refusal is not null) return new ObjectResult(new ProblemDetails { Status = 409, Title = texts["board.not_moved"], Detail = refusal }) { StatusCode = 409 };
        return new JsonResult(new { version = card!.Version, message = Moved(card, to), undoUrl, undoSeconds = 10 });
    }

    public async Task<IActionResult> OnPostUndoAsync(string key, CancellationToken ct)
    {
        var done = sample.Undo(key);
        foreach (var stage in SampleBoard.Stages) await hints.ChangedAsync($"sample:{stage.Id}", ct);
        if (Request.WantsJson()) return new JsonResult(new { message = texts["board.undone"].Value });
        if (done) Flash.Set(TempData, new Flash(texts["board.undone"], "info"));
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAddAsync(string stage, string title, string? amount, CancellationToken ct)
    {
        sample.Add(stage, title, decimal.TryParse(amount, CultureInfo.CurrentCulture, out var value) ? value : null);
        await ChangedAsync(stage, stage, ct);
        return Request.WantsFragment() ? OnGetColumn(stage, q: null, take: 0) : RedirectToPage();
    }

    public IActionResult OnPostReset()
    {
        sample.Reset();
        return RedirectToPage();
    }

    private string Moved(CardView card, string to) => texts["board.moved", card.Title, SampleBoard.Stages.First(stage => stage.Id == to).Name];

    private async Task ChangedAsync(string from, string to, CancellationToken ct)
    {
        foreach (var stage in new[] { from, to }.Distinct()) await hints.ChangedAsync($"sample:{stage}", ct);
    }
}
