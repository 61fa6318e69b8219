using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Hosting.Errors;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Board;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>Asks for the fields that a stage requires, only for those that are missing, and then goes on with the move. The board shows it as a dialog.</summary>
public sealed class GateModel(ISender sender, IPortal portal, FieldForm form, Refusals refusals, IStringLocalizer<Texts> texts) : PageModel
{
    public ItemCard Card { get; private set; } = null!;

    public Stage Stage { get; private set; } = null!;

    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    /// <summary>What stands in the way besides the fields.</summary>
    public string? Problem { get; private set; }

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The stage the item is to move to.</summary>
    [BindProperty(SupportsGet = true, Name = "to")]
    public string To { get; set; } = "";

    public string From { get; private set; } = "";

    /// <summary>The version the form was filled from; after a conflict the newest, so that sending it again is a decision.</summary>
    public long SeenVersion { get; private set; }

    public string Post => AddressOf(Ref, To);

    public string Address => ItemKind.UrlOf(Ref);

    /// <summary>The page for an item on its way to a stage.</summary>
    internal static string AddressOf(ItemRef item, string to) => $"{ItemKind.UrlOf(item)}/gate?to={Uri.EscapeDataString(to)}";

    internal ItemKind Kind => RouteData.Kind();

    private ItemRef Ref => new(Kind.TypeId, Id);

    private ItemType Type => Card.Item.Type;

    private IEnumerable<string> Missing => portal.Current.RequiredOn(Stage).Where(code => StageGate.IsEmpty(Card.Item, code));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Inputs = Only(Missing, form.Fill(Type, code => Card.Item[code], Card.Titles));
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(string from, long version, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        (From, SeenVersion) = (from, version);
        var (values, errors) = form.Read(Type, Request.Form);
        try
        {
            if (errors.Count == 0)
            {
                var moved = await sender.Send(new MoveItem(Ref, To) { FromStageId = from, Values = values, SeenVersion = version }, ct);
                var answer = MoveAnswer.Of(moved, Ref, new BoardAddress(Kind, Card.Item.PipelineId, null, null), portal.Current, texts);
                if (Request.WantsJson()) return new JsonResult(answer);

                Flash.Set(TempData, answer.AsFlash());
                return Redirect(Address);
            }
        }
        catch (RuleBrokenException refused) when (refused.Field is not null)
        {
            form.Mark(refused, Type, errors);
        }
        catch (ConflictException conflict)
        {
            (Problem, SeenVersion, From) = (refusals.Say(conflict), Card.Item.Version, Card.Item.StageId);
        }

        Inputs = Only(Missing.Union(errors.Keys).Union(values.Keys), form.Posted(Type, Request.Form, errors));
        Problem ??= errors.Where(e => Inputs.All(i => i.Field.Code != e.Key)).Select(e => e.Value).FirstOrDefault();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show();
    }

    private static IReadOnlyList<FieldInput> Only(IEnumerable<string> codes, IReadOnlyList<FieldInput> inputs)
    {
        var wanted = codes.ToHashSet(StringComparer.Ordinal);
        return [.. inputs.Where(i => wanted.Contains(i.Field.Code)).Select(i => i with { Needed = true })];
    }

    private IActionResult Show() => Request.WantsFragment() ? Partial("_GateForm", this) : Page();

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if ((await portal.FreshAsync(ct)).Stage(Kind.TypeId, To) is not { } stage) return false;

        (Stage, Card) = (stage, await sender.Send(new GetItemCard(Ref), ct));
        (From, SeenVersion) = (Card.Item.StageId, Card.Item.Version);
        return stage.PipelineId == Card.Item.PipelineId;
    }
}
