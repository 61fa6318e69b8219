using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Items;

/// <summary>Adds an item and answers its id. Without a stage it stands on the first of its pipeline, without a responsible person the caller is.</summary>
/// <param name="Values">By field code.</param>
public sealed record AddItem(int TypeId, IReadOnlyDictionary<string, Value> Values) : ICommand<long>;

internal sealed class AddItemValidator : AbstractValidator<AddItem>
{
    public AddItemValidator() => RuleFor(c => c.TypeId).GreaterThan(0);
}

internal sealed class AddItemHandler(IUnitOfWork work, IPortal gate, IAccess access) : IRequestHandler<AddItem, long>
{
    public async Task<long> Handle(AddItem request, CancellationToken cancellationToken)
    {
        var portal = await gate.FreshAsync(cancellationToken);
        var type = portal.Type(request.TypeId) ?? throw new RuleBrokenException("type.unknown", $"There is no item type {request.TypeId}.", "entityTypeId");
        var item = await work.CreateItemAsync(type, cancellationToken);
        access.Require(work.Caller, ItemAction.Add, item);
        item.Set(FieldCodes.Responsible, new UserValue(work.Caller.PersonId));
        item.Set(FieldCodes.Opened, Value.True);
        if (type.HasStages) item.PlaceOn(FindStage(portal, type, request.Values), work.Caller.PersonId, work.Now);
        await FieldWriter.ApplyAsync(work, item, request.Values, cancellationToken);
        if (item[FieldCodes.Title].IsEmpty) item.Set(FieldCodes.Title, Value.Of($"{type.Code} #{item.Ref.Id}"));
        if (portal.Stage(type.Id, item.StageId) is { } stage) await StageGate.MayEnterAsync(work, item, stage, cancellationToken);
        return item.Ref.Id;
    }

    private static Stage FindStage(PortalSnapshot portal, ItemType type, IReadOnlyDictionary<string, Value> values)
    {
        var stageId = values.GetValueOrDefault(FieldCodes.Stage) is TextValue { Text.Length: > 0 } stage ? stage.Text : null;
        int? pipelineId = values.GetValueOrDefault(FieldCodes.Pipeline) is NumberValue number ? PipelineIds.Of(number) : null;
        var pipeline = (pipelineId is { } id ? portal.Pipeline(type.Id, id)
                : stageId is not null ? portal.Stage(type.Id, stageId) is { } known ? portal.Pipeline(type.Id, known.PipelineId) : null
                : portal.DefaultPipeline(type.Id))
            ?? throw (stageId is not null && pipelineId is null
                ? new RuleBrokenException("stage.unknown", $"There is no stage {stageId}.", FieldCodes.Stage)
                : new RuleBrokenException("pipeline.unknown", $"There is no pipeline {pipelineId}.", FieldCodes.Pipeline));
        return stageId is null ? pipeline.First
            : pipeline.Find(stageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {stageId} in pipeline {pipeline.Id}.", FieldCodes.Stage);
    }
}
