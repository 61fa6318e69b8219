using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>The robots of one stage, newest version or a given one.</summary>
public sealed record GetStageAutomation(int TypeId, string StageId, int? Version = null) : IRequest<StageAutomationView>;

/// <param name="Version">0 when the stage never had robots.</param>
public sealed record StageAutomationView(Stage Stage, int Version, StageAutomationConfig Config, long AuthorId, DateTimeOffset? At);

internal sealed class GetStageAutomationHandler(CrmDbContext db, IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetStageAutomation, StageAutomationView>
{
    public async Task<StageAutomationView> Handle(GetStageAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var now = await portal.FreshAsync(cancellationToken);
        var stage = now.Stage(request.TypeId, request.StageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        var key = StageAutomation.KeyOf(request.TypeId, request.StageId);
        var version = request.Version is { } number
            ? await db.ConfigVersions.AsNoTracking().FirstOrDefaultAsync(v => v.Kind == StageAutomation.ConfigKind && v.Key == key && v.Number == number, cancellationToken)
                ?? throw new RuleBrokenException("version.unknown", $"There is no version {number}.", "version")
            : now.StageAutomations.GetValueOrDefault(key);
        return version is null
            ? new(stage, 0, new(), 0, null)
            : new(stage, version.Number, now.Compile(version).Config, version.AuthorId, version.At);
    }
}

/// <summary>All stages of a pipeline with their robots: the automation page.</summary>
public sealed record GetPipelineAutomation(int TypeId, int PipelineId) : IRequest<PipelineAutomationView>;

public sealed record PipelineAutomationView(Pipeline Pipeline, IReadOnlyList<StageAutomationView> Stages);

internal sealed class GetPipelineAutomationHandler(IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetPipelineAutomation, PipelineAutomationView>
{
    public async Task<PipelineAutomationView> Handle(GetPipelineAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var now = await portal.FreshAsync(cancellationToken);
        var pipeline = now.Pipeline(request.TypeId, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "categoryId");
        return new(pipeline, [.. pipeline.Stages.Select(s => View(s, now))]);
    }

    private static StageAutomationView View(Stage stage, PortalSnapshot now) =>
        now.StageAutomations.GetValueOrDefault(StageAutomation.KeyOf(stage.TypeId, stage.Id)) is { } version
            ? new(stage, version.Number, now.Compile(version).Config, version.AuthorId, version.At)
            : new(stage, 0, new(), 0, null);
}

/// <summary>The versions of a stage's robots, newest first.</summary>
public sealed record ListStageAutomationVersions(int TypeId, string StageId) : IRequest<IReadOnlyList<ConfigVersion>>;

internal sealed class ListStageAutomationVersionsHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListStageAutomationVersions, IReadOnlyList<ConfigVersion>>
{
    public async Task<IReadOnlyList<ConfigVersion>> Handle(ListStageAutomationVersions request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var key = StageAutomation.KeyOf(request.TypeId, request.StageId);
        return await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageAutomation.ConfigKind && v.Key == key).OrderByDescending(v => v.Number).Take(100).ToListAsync(cancellationToken);
    }
}
