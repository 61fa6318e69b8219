using System.Globalization;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Hosting.Errors;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Items;
using AutomationCrm.Web.Pages.Shared.Board;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Board;

/// <summary>The board of a pipeline: deals, leads, proposals, invoices alike.</summary>
public sealed class IndexModel(ISender sender, IPortal portal, Caller caller, BoardViewBuilder views, Refusals refusals, IStringLocalizer<Texts> texts) : PageModel
{
    public Application.Crm.Board.Board View { get; private set; } = null!;

    public IReadOnlyList<ColumnView> Columns { get; private set; } = [];

    public IReadOnlyList<Pipeline> Pipelines { get; private set; } = [];

    public IReadOnlyList<Person> People { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "responsible")]
    public long? Responsible { get; set; }

    [BindProperty(SupportsGet = true, Name = "pipeline")]
    public int? PipelineId { get; set; }

    public bool IsAdmin => caller.IsAdmin;

    internal ItemKind Kind => RouteData.Kind();

    private BoardAddress Address => new(Kind, PipelineOrDefault, Search, Responsible);

    private int PipelineOrDefault => PipelineId ?? portal.Current.DefaultPipeline(Kind.TypeId)?.Id ?? 0;

    private FilterNode? Filter => Responsible is { } person ? FilterNode.Compare(FieldCodes.Responsible, FilterOp.Equal, new UserValue(person)) : null;

    public async Task OnGetAsync(CancellationToken ct)
    {
        View = await sender.Send(new GetBoard(Kind.TypeId, PipelineOrDefault) { Search = Search, Filter = Filter }, ct);
        Columns = views.Columns(View, Address, IsAdmin);
        Pipelines = [.. portal.Current.Pipelines.Where(p => p.TypeId == Kind.TypeId)];
        People = [.. portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture)];
    }

    public async Task<PartialViewResult> OnGetColumnAsync(string stage, int take, CancellationToken ct) =>
        Partial("Board/_BoardColumn", await ColumnAsync(stage, take, ct));

    public async Task<PartialViewResult> OnGetMoreAsync(string stage, long after, CancellationToken ct)
    {
        var column = await sender.Send(new GetBoardColumn(Kind.TypeId, stage) { Search = Search, Filter = Filter, AfterId = after }, ct);
        return Partial("Board/_BoardCards", views.More(column, Address, portal.Current));
    }

    public async Task<IActionResult> OnPostMoveAsync(long id, string from, string to, CancellationToken ct)
    {
        var item = new ItemRef(Kind.TypeId, id);
        try
        {
            var moved = await sender.Send(new MoveItem(item, to) { FromStageId = from }, ct);
            var answer = MoveAnswer.Of(moved, item, Address, portal.Current, texts);
            if (Request.WantsJson()) return new JsonResult(answer);

            Flash.Set(TempData, answer.AsFlash());
            return Redirect(Address.Board);
        }
        catch (RuleBrokenException refused) when (refused.Code == StageGate.Code && !Request.WantsJson())
        {
            return Redirect(GateModel.AddressOf(item, to));
        }
    }

    public async Task<IActionResult> OnPostUndoAsync(long id, long version, CancellationToken ct)
    {
        var undone = await sender.Send(new UndoMove(new(Kind.TypeId, id), version), ct);
        var message = undone.NotUndone.Count == 0 ? texts["board.undone"].Value : texts["board.undone_but", string.Join(" ", undone.NotUndone.Select(refusals.Say))].Value;
        if (Request.WantsJson()) return new JsonResult(new { message });

        Flash.Set(TempData, new Flash(message, "info"));
        return Redirect(Address.Board);
    }

    public async Task<IActionResult> OnPostAddAsync(string stage, string title, string? amount, CancellationToken ct)
    {
        var values = new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of(title ?? ""), [FieldCodes.Stage] = Value.Of(stage) };
        if (!string.IsNullOrWhiteSpace(amount))
        {
            if (!decimal.TryParse(amount, NumberStyles.Number, CultureInfo.CurrentCulture, out var parsed))
                throw new RuleBrokenException("field.type", texts["board.amount_invalid", amount], FieldCodes.Amount);
            values[FieldCodes.Amount] = Value.Of(parsed);
        }

        await sender.Send(new AddItem(Kind.TypeId, values), ct);
        return Request.WantsFragment() ? Partial("Board/_BoardColumn", await ColumnAsync(stage, 0, ct)) : Redirect(Address.Board);
    }

    public string AutomationUrl(string? stage) => Address.Automation(stage);

    public new string Url(int pipeline) => (Address with { PipelineId = pipeline }).Board;

    private async Task<ColumnView> ColumnAsync(string stage, int take, CancellationToken ct)
    {
        var column = await sender.Send(new GetBoardColumn(Kind.TypeId, stage) { Search = Search, Filter = Filter, Take = take > 0 ? take : 20 }, ct);
        return views.Column(column, Address, portal.Current, IsAdmin);
    }
}
