using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Pages.Shared.Board;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Shared.Items;

/// <summary>What a page says of a move: the board's scripts read it as JSON, a page without scripts shows it as its message.</summary>
/// <param name="UndoUrl">Null when there is nothing to undo.</param>
public sealed record MoveAnswer(long Version, string Message, string? UndoUrl, int UndoSeconds)
{
    internal Flash AsFlash() => new(Message, UndoUrl: UndoUrl);

    internal static MoveAnswer Of(ItemMoved moved, ItemRef item, BoardAddress board, PortalSnapshot portal, IStringLocalizer<Texts> texts)
    {
        var message = texts["board.moved", moved.Title, portal.Stage(item.TypeId, moved.StageId)?.Name ?? moved.StageId].Value;
        var seconds = portal.AutomationOf(item.TypeId, moved.StageId)?.Config.UndoSeconds ?? StageAutomationConfig.DefaultUndoSeconds;
        (string, string)[] what = [("id", item.Id.ToString(CultureInfo.InvariantCulture)), ("version", moved.Version.ToString(CultureInfo.InvariantCulture))];
        return new(moved.Version, message, moved.Moved && seconds > 0 ? board.Handler("Undo", what) : null, seconds);
    }
}
