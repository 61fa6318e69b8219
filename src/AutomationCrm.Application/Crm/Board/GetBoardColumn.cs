using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Crm.Board;

/// <summary>One column, or its cards behind a number; its totals are always those of the whole column.</summary>
public sealed record GetBoardColumn(int TypeId, string StageId) : IRequest<BoardColumn>
{
    public FilterNode? Filter { get; init; }

    public string? Search { get; init; }

    /// <summary>The number of the last card on screen.</summary>
    public long? AfterId { get; init; }

    public int Take { get; init; } = BoardAssembly.PageSize;
}

internal sealed class GetBoardColumnHandler(IBoardReader reader, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetBoardColumn, BoardColumn>
{
    public async Task<BoardColumn> Handle(GetBoardColumn request, CancellationToken cancellationToken)
    {
        var portal = await gate.RequireTypeAsync(request.TypeId, cancellationToken);
        var stage = portal.Stage(request.TypeId, request.StageId)
            ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        var take = BoardAssembly.Take(request.Take);
        var rows = await reader.ReadAsync(
            new(request.TypeId, stage.PipelineId, [stage.Id], BoardAssembly.Filter(request.Filter, request.Search), access.Scope(caller, request.TypeId, ItemAction.Read), request.AfterId, take),
            cancellationToken);
        return BoardAssembly.Column(portal, stage, rows, take);
    }
}
