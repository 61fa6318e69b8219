using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Board;

/// <summary>Columns from rows.</summary>
internal static class BoardAssembly
{
    public const int PageSize = 20;
    private const int MostCards = 500;

    public static int Take(int asked) => Math.Clamp(asked, 1, MostCards);

    public static FilterNode? Filter(FilterNode? filter, string? search) =>
        string.IsNullOrWhiteSpace(search) ? filter
        : filter is null ? FilterNode.Search(search)
        : FilterNode.All(filter, FilterNode.Search(search));

    public static BoardColumn Column(PortalSnapshot portal, Stage stage, BoardRows rows, int take)
    {
        var found = rows.Cards.Where(r => r.Item.StageId == stage.Id).ToList();
        var cards = found.Take(take).Select(r => Card(portal, r)).ToList();
        var sum = rows.Sums.GetValueOrDefault(stage.Id);
        var robots = portal.AutomationOf(stage.TypeId, stage.Id)?.Config.Robots.Count(r => r.Enabled) ?? 0;
        return new(stage, sum.Items, sum.Amount, Math.Round(sum.Amount * stage.Probability / 100m, 2), robots, cards, found.Count > take ? cards[^1].Item.Ref.Id : null);
    }

    private static BoardCard Card(PortalSnapshot portal, BoardRow row) => new(
        row.Item,
        portal.PersonName(row.Item.ResponsibleId),
        row.CompanyTitle,
        row.ContactTitle,
        row.Tasks,
        row.Automation,
        (row.Item[FieldCodes.MovedAt] as InstantValue ?? row.Item[FieldCodes.CreatedAt] as InstantValue)?.At);
}
