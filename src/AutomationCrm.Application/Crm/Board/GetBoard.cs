using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Crm.Board;

/// <summary>All columns of a pipeline with their first cards.</summary>
public sealed record GetBoard(int TypeId, int PipelineId) : IRequest<Board>
{
    public FilterNode? Filter { get; init; }

    /// <summary>What stands in the search box; see <see cref="FilterNode.Search"/>.</summary>
    public string? Search { get; init; }

    public int Take { get; init; } = BoardAssembly.PageSize;
}

internal sealed class GetBoardHandler(IBoardReader reader, IPortal gate, IAccess access, Caller caller) : IRequestHandler<GetBoard, Board>
{
    public async Task<Board> Handle(GetBoard request, CancellationToken cancellationToken)
    {
        var portal = await gate.RequireTypeAsync(request.TypeId, cancellationToken);
        var pipeline = portal.Pipeline(request.TypeId, request.PipelineId)
            ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "categoryId");
        var wanted = new BoardRequest(
            request.TypeId,
            pipeline.Id,
            [.. pipeline.Stages.Select(s => s.Id)],
            BoardAssembly.Filter(request.Filter, request.Search),
            access.Scope(caller, request.TypeId, ItemAction.Read),
            AfterId: null,
            BoardAssembly.Take(request.Take));
        var rows = await reader.ReadAsync(wanted, cancellationToken);
        return new(portal.Type(request.TypeId)!, pipeline, portal.BaseCurrency, [.. pipeline.Stages.Select(s => BoardAssembly.Column(portal, s, rows, wanted.Take))]);
    }
}
