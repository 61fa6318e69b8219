using AutomationCrm.Application.Common.Errors;
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
/// Moves an item to a stage of its pipeline. The caller says from where he saw it move, so that two people who drag the same card do not
/// overrule each other unseen.
/// </summary>
public sealed record MoveItem(ItemRef Item, string StageId) : ICommand<ItemMoved>
{
    /// <summary>The stage on which the caller saw the item; null when he does not care.</summary>
    public string? FromStageId { get; init; }

    /// <summary>Fields filled in on the way, by code: what the stage requires.</summary>
    public IReadOnlyDictionary<string, Value>? Values { get; init; }

    /// <summary>The version at which <see cref="Values"/> were asked for: who filled one of them in since then is not overruled unseen.</summary>
    public long? SeenVersion { get; init; }

    /// <summary>Moving to where it stands is a fresh entry, not nothing.</summary>
    public bool Again { get; init; }
}

/// <param name="Version">The version that the move made; names it for undo.</param>
/// <param name="Title">What the item is called, for whoever tells people of the move.</param>
public sealed record ItemMoved(bool Moved, long Version, string FromStageId, string StageId, string Title);

internal sealed class MoveItemValidator : AbstractValidator<MoveItem>
{
    public MoveItemValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0);
        RuleFor(c => c.StageId).NotEmpty().MaximumLength(100);
    }
}

internal sealed class MoveItemHandler(IUnitOfWork work, IAccess access, ConflictCheck conflicts) : IRequestHandler<MoveItem, ItemMoved>
{
    public async Task<ItemMoved> Handle(MoveItem request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var (portal, from) = (work.Portal, item.StageId);
        var stage = portal.Stage(item.Ref.TypeId, request.StageId)
            ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", FieldCodes.Stage);
        if (request.FromStageId is { } expected && expected != from && stage.Id != from) throw MovedAway(portal.Stage(item.Ref.TypeId, from), item, portal);

        if (request.Values is { Count: > 0 } values) await FillAsync(item, values, request.SeenVersion, cancellationToken);
        if (stage.Id != from && stage.PipelineId == item.PipelineId && !await StageGate.MayEnterAsync(work, item, stage, cancellationToken)) return new(false, item.Version, from, from, item.Title);

        if (request.Again && stage.Id == from) item.Reenter(stage, work.Caller.PersonId, work.Now);
        else item.MoveTo(stage, portal.Stage(item.Ref.TypeId, from), work.Caller.PersonId, work.Now);
        return new(item.HasChanges, item.HasChanges ? item.Version + 1 : item.Version, from, stage.Id, item.Title);
    }

    private async ValueTask FillAsync(Item item, IReadOnlyDictionary<string, Value> values, long? seenVersion, CancellationToken ct)
    {
        if (seenVersion is { } seen) await conflicts.RequireNoneAsync(item, seen, values.Keys, ct);
        await FieldWriter.ApplyAsync(work, item, values, ct);
    }

    private static ConflictException MovedAway(Stage? now, Item item, Portal.PortalSnapshot portal)
    {
        var by = item.User(FieldCodes.MovedBy);
        var who = by == 0 ? "Automation" : portal.PersonName(by);
        return new($"{who} has moved it to {now?.Name ?? item.StageId} in the meantime.", by, [FieldCodes.Stage]);
    }
}
