using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Crm.Gates;

/// <summary>What the stages of a pipeline require.</summary>
public sealed record GetStageGates(int TypeId, int PipelineId) : IRequest<StageGatesView>;

/// <param name="Version">0 while nothing was ever required.</param>
public sealed record StageGatesView(int TypeId, int PipelineId, int Version, StageGates Gates, long AuthorId, DateTimeOffset? At);

internal sealed class GetStageGatesHandler(ConfigPublisher versions, IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetStageGates, StageGatesView>
{
    public async Task<StageGatesView> Handle(GetStageGates request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see what stages require");
        if ((await portal.FreshAsync(cancellationToken)).Pipeline(request.TypeId, request.PipelineId) is null) throw new NotFoundException("Pipeline", StageGateConfig.KeyOf(request.TypeId, request.PipelineId));

        var newest = await versions.NewestAsync(StageGateConfig.ConfigKind, StageGateConfig.KeyOf(request.TypeId, request.PipelineId), cancellationToken);
        return newest is null ? new(request.TypeId, request.PipelineId, 0, StageGates.None, 0, null) : new(request.TypeId, request.PipelineId, newest.Number, StageGateConfig.Parse(newest.Content), newest.AuthorId, newest.At);
    }
}
