using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Gates;

/// <summary>Publishes what the stages of a pipeline require as a new version, live at once, and answers its number.</summary>
/// <param name="BasedOn">The version the author saw; 0 for the first. A newer one is a conflict.</param>
public sealed record SaveStageGates(int TypeId, int PipelineId, StageGates Gates, int? BasedOn) : IRequest<int>, IOnce;

internal sealed class SaveStageGatesValidator : AbstractValidator<SaveStageGates>
{
    private const int MostFields = 200;

    public SaveStageGatesValidator()
    {
        RuleFor(c => c.Gates.Required.Count).LessThanOrEqualTo(MostFields).OverridePropertyName("required");
        RuleFor(c => c.Gates.Programs).IsInEnum().OverridePropertyName("programs");
        RuleFor(c => c.Gates.Automation).IsInEnum().OverridePropertyName("automation");
    }
}

internal sealed class SaveStageGatesHandler(ConfigPublisher publisher, IPortal portal, IAccess access, Caller caller) : IRequestHandler<SaveStageGates, int>
{
    public async Task<int> Handle(SaveStageGates request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change what stages require");
        var now = await portal.FreshAsync(cancellationToken);
        var pipeline = now.Pipeline(request.TypeId, request.PipelineId) ?? throw new NotFoundException("Pipeline", StageGateConfig.KeyOf(request.TypeId, request.PipelineId));
        foreach (var rule in request.Gates.Required) Check(rule, now.Type(request.TypeId)!, pipeline);

        var content = JsonSerializer.Serialize(request.Gates with { Required = [.. request.Gates.Required.Distinct()] }, StageGateConfig.Json);
        return await publisher.PublishAsync(StageGateConfig.ConfigKind, StageGateConfig.KeyOf(request.TypeId, request.PipelineId), content, request.BasedOn, "required", cancellationToken);
    }

    private static void Check(RequiredField rule, ItemType type, Pipeline pipeline)
    {
        if (type.Fields.Find(rule.Field) is not { ReadOnly: false, OnForm: true, Kind: not FieldKind.Boolean })
            throw new RuleBrokenException("gate.field", $"The field {rule.Field} cannot be required: nobody can fill it on a form.", "field");
        var (from, to) = (Position(rule.FromStage), Position(rule.ToStage));
        if (from > to) throw new RuleBrokenException("gate.range", $"Stage {rule.FromStage} stands behind {rule.ToStage}.", "fromStage");

        int Position(string stageId) => pipeline.Find(stageId) is { } stage
            ? pipeline.Stages.ToList().IndexOf(stage)
            : throw new RuleBrokenException("stage.unknown", $"There is no stage {stageId} in pipeline {pipeline.Id}.", "fromStage");
    }
}
