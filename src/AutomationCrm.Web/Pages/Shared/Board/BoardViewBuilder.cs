using System.Globalization;
using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Pages.Shared.Items;

namespace AutomationCrm.Web.Pages.Shared.Board;

/// <summary>From what the use case answers to what the board's partials show.</summary>
public sealed class BoardViewBuilder
{
    internal IReadOnlyList<ColumnView> Columns(Application.Crm.Board.Board board, BoardAddress address, bool isAdmin)
    {
        var view = View(board.Pipeline, address, board.Currency);
        return [.. board.Columns.Select(c => Column(c, view, address, isAdmin))];
    }

    internal ColumnView Column(BoardColumn column, BoardAddress address, PortalSnapshot portal, bool isAdmin) =>
        Column(column, View(portal.Pipeline(column.Stage.TypeId, column.Stage.PipelineId)!, address, portal.BaseCurrency), address, isAdmin);

    internal CardsView More(BoardColumn column, BoardAddress address, PortalSnapshot portal) =>
        new(View(portal.Pipeline(column.Stage.TypeId, column.Stage.PipelineId)!, address, portal.BaseCurrency), [.. column.Cards.Select(Card)], Next(column, address));

    private static BoardView View(Pipeline pipeline, BoardAddress address, string currency) =>
        new(address.Handler("Move"), [.. pipeline.Stages.Select(s => new StageChoice(s.Id, s.Name, s.Color))]) { AddUrl = address.Handler("Add"), Currency = currency };

    private static ColumnView Column(BoardColumn column, BoardView view, BoardAddress address, bool isAdmin) =>
        new(view, column.Stage.Id, column.Stage.Name, column.Stage.Color, (int)column.Items, column.Amount, [.. column.Cards.Select(Card)])
        {
            Weighted = column.Stage.IsFinal ? null : column.Weighted,
            Url = address.Handler("Column", ("stage", column.Stage.Id)),
            Topic = Topics.Board(column.Stage.TypeId, column.Stage.PipelineId),
            NextUrl = Next(column, address),
            AutomationUrl = isAdmin ? address.Automation(column.Stage.Id) : null,
            Robots = column.Robots,
        };

    private static string? Next(BoardColumn column, BoardAddress address) =>
        column.NextAfterId is { } after ? address.Handler("More", ("stage", column.Stage.Id), ("after", after.ToString(CultureInfo.InvariantCulture))) : null;

    private static CardView Card(BoardCard card) => new(card.Item.Ref.Id, card.Item.Version, card.Item.StageId, card.Item.Title, ItemKind.UrlOf(card.Item.Ref))
    {
        Amount = card.Item[FieldCodes.Amount] is NumberValue amount ? amount.Number : null,
        Currency = card.Item.Text(FieldCodes.Currency),
        Client = card.ClientTitle,
        Responsible = card.ResponsibleName,
        Created = card.OnStageSince,
        Tasks = card.Tasks.Open,
        Overdue = card.Tasks.Overdue > 0,
        NeedsAttention = card.Automation.Problems > 0,
        Waiting = card.Automation.Waiting,
    };
}
