using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
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
        var before = work.Portal.Stage(item.Ref.TypeId, item.StageId);
        var lacked = before is null ? [] : StageGate.Missing(work, item, before);
        await FieldWriter.ApplyAsync(work, item, request.Values, cancellationToken);
        if (Target(item, request) is { } target && target.Id != item.StageId) await MoveAsync(item, before, target, cancellationToken);
        else if (before is not null) await StageGate.RequireKeptAsync(work, item, before, lacked, cancellationToken);
        return item.HasChanges ? item.Version + 1 : item.Version;
    }

    private async ValueTask MoveAsync(Item item, Stage? before, Stage target, CancellationToken ct)
    {
        if (await StageGate.MayEnterAsync(work, item, target, ct)) item.MoveAcross(target, before, work.Caller.PersonId, work.Now);
    }

    /// <summary>The stage the values ask for; null when they ask for none.</summary>
    private Stage? Target(Item item, UpdateItem request)
    {
        var values = request.Values;
        var stageId = values.GetValueOrDefault(FieldCodes.Stage) is TextValue { Text.Length: > 0 } text ? text.Text : null;
        int? pipelineId = values.GetValueOrDefault(FieldCodes.Pipeline) is NumberValue number ? PipelineIds.Of(number) : null;
        if (!item.Type.HasStages || (stageId is null && pipelineId is null)) return null;

        var portal = work.Portal;
        var pipeline = portal.Pipeline(item.Ref.TypeId, pipelineId ?? portal.Stage(item.Ref.TypeId, stageId ?? "")?.PipelineId ?? item.PipelineId)
            ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {pipelineId}.", FieldCodes.Pipeline);
        if (stageId is null && pipeline.Id == item.PipelineId) return null;
        var stage = stageId is null ? pipeline.First
            : pipeline.Find(stageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {stageId} in pipeline {pipeline.Id}.", FieldCodes.Stage);
        return request.KeepsPipeline && pipeline.Id != item.PipelineId ? throw new RuleBrokenException("stage.foreign", $"Stage {stage.Id} is in another pipeline.", FieldCodes.Stage) : stage;
    }
}
