using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Items;

/// <summary>
/// Changes fields of an item, its stage among them, and answers its version afterwards. With <paramref name="SeenVersion"/> the change is
/// refused when somebody has changed one of the same fields since then.
/// </summary>
public sealed record UpdateItem(ItemRef Item, IReadOnlyDictionary<string, Value> Values) : ICommand<long>
{
    /// <summary>The version the form was filled from.</summary>
    public long? SeenVersion { get; init; }

    /// <summary>Refuses a stage of another pipeline.</summary>
    public bool KeepsPipeline { get; init; }
}

internal sealed class UpdateItemValidator : AbstractValidator<UpdateItem>
{
    public UpdateItemValidator() => RuleFor(c => c.Item.Id).GreaterThan(0);
}

internal sealed class UpdateItemHandler(IUnitOfWork work, IAccess access, ConflictCheck conflicts) : IRequestHandler<UpdateItem, long>
{
    public async Task<long> Handle(UpdateItem request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        if (request.SeenVersion is { } seen) await conflicts.RequireNoneAsync(item, seen, request.Values.Keys, cancellationToken);
        await FieldWriter.ApplyAsync(work, item, request.Values, cancellationToken);
        Move(item, request);
        return item.HasChanges ? item.Version + 1 : item.Version;
    }

    private void Move(Item item, UpdateItem request)
    {
        var values = request.Values;
        var stageId = values.GetValueOrDefault(FieldCodes.Stage) is TextValue { Text.Length: > 0 } text ? text.Text : null;
        int? pipelineId = values.GetValueOrDefault(FieldCodes.Pipeline) is NumberValue number ? PipelineIds.Of(number) : null;
        if (!item.Type.HasStages || (stageId is null && pipelineId is null)) return;

        var portal = work.Portal;
        var pipeline = portal.Pipeline(item.Ref.TypeId, pipelineId ?? portal.Stage(item.Ref.TypeId, stageId ?? "")?.PipelineId ?? item.PipelineId)
            ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {pipelineId}.", FieldCodes.Pipeline);
        if (stageId is null && pipeline.Id == item.PipelineId) return;
        var stage = stageId is null ? pipeline.First
            : pipeline.Find(stageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {stageId} in pipeline {pipeline.Id}.", FieldCodes.Stage);
        if (request.KeepsPipeline && pipeline.Id != item.PipelineId) throw new RuleBrokenException("stage.foreign", $"Stage {stage.Id} is in another pipeline.", FieldCodes.Stage);
        item.MoveAcross(stage, portal.Stage(item.Ref.TypeId, item.StageId), work.Caller.PersonId, work.Now);
    }
}
