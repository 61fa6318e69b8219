using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>
/// A dry run of a trigger: its event happens to the item, all triggers of the pipeline are asked as they would be, and what follows runs in
/// one transaction that is rolled back. For administrators.
/// </summary>
public sealed record TryTrigger(ItemRef Item, string StageId, string TriggerKey) : IRequest<StageTrial>
{
    /// <summary>What the event tells, by fact, in the invariant form of fields; the rest is made up to suit the trigger's settings.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>For triggers on changes of the item: the new values by field code.</summary>
    public IReadOnlyDictionary<string, string> Changes { get; init; } = new Dictionary<string, string>();

    public TimeSpan Travel { get; init; }

    public IReadOnlyDictionary<string, TrialAnswer> Answers { get; init; } = new Dictionary<string, TrialAnswer>();
}

internal sealed class TryTriggerValidator : AbstractValidator<TryTrigger>
{
    public TryTriggerValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.StageId).NotEmpty().MaximumLength(100).OverridePropertyName("stageId");
        RuleFor(q => q.TriggerKey).NotEmpty().MaximumLength(64).OverridePropertyName("triggerKey");
        RuleFor(q => q.Facts.Count).LessThanOrEqualTo(TryStage.MostAnswers).OverridePropertyName("facts");
        RuleFor(q => q.Changes.Count).LessThanOrEqualTo(TryStage.MostAnswers).OverridePropertyName("changes");
        RuleFor(q => q.Travel).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromDays(TryStage.MostTravelDays)).OverridePropertyName("travel");
        RuleFor(q => q.Answers.Count).LessThanOrEqualTo(TryStage.MostAnswers).OverridePropertyName("answers");
    }
}

internal sealed class TryTriggerHandler(IWorkStore store, IPortal gate, IAccess access, Caller caller, TriggerCatalogue catalogue, TriggerSamples samples, StageRehearsal rehearsal) : IRequestHandler<TryTrigger, StageTrial>
{
    public async Task<StageTrial> Handle(TryTrigger request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "try triggers");
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        var portal = await gate.FreshAsync(cancellationToken);
        var stage = portal.Stage(item.Ref.TypeId, request.StageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        var automation = portal.AutomationOf(stage.TypeId, stage.Id);
        var plan = automation?.Triggers.FirstOrDefault(t => t.Key == request.TriggerKey) ?? throw new RuleBrokenException("trigger.unknown", $"The stage {stage.Name} has no trigger {request.TriggerKey}.", "triggerKey");
        var type = catalogue.Find(plan.Config.Type) ?? throw new RuleBrokenException("trigger.unknown", $"There is no trigger type {plan.Config.Type}.", "triggerKey");

        var trial = new TrialPlan(item, stage, portal, automation.Version) { Travel = request.Travel, Answers = request.Answers };
        var told = await rehearsal.RunAsync(trial, Beginning(request, item, plan, type, cancellationToken), cancellationToken);
        return told.Triggers.Any(t => t.Key == plan.Key && t.StageId == stage.Id) ? told : told with { Triggers = [.. told.Triggers, Silent(plan, stage.Id, item, stage.PipelineId)] };
    }

    private Func<IServiceProvider, Task> Beginning(TryTrigger request, Item item, TriggerPlan plan, ITrigger type, CancellationToken ct)
    {
        if (type.Descriptor.Event is not (TriggerEvents.FieldChanged or TriggerEvents.ResponsibleChanged)) return scope => AskAsync(scope, samples.EventOf(plan, type, item, request.Facts), item.Ref, ct);

        // A change happens as it would: by a command, with everything else that follows from it.
        var changes = Changes(request, item);
        return scope => scope.GetRequiredService<ISender>().Send(new UpdateItem(item.Ref, changes), ct);
    }

    private static async Task AskAsync(IServiceProvider scope, TriggerEvent happened, ItemRef item, CancellationToken ct)
    {
        var work = scope.GetRequiredService<UnitOfWork>();
        await work.LockItemsAsync([item], ct);
        var (by, call) = (work.Caller.PersonId, TriggerCall.Of(happened.Code, happened.Facts, work.Caller));
        await scope.GetRequiredService<TriggerDesk>().AskAsync(await work.GetItemAsync(item, ct), happened, new Job(LaneId.Of(item), 0, TriggerCall.Kind, call.ToJson()), by, null, ct);
    }

    private static Dictionary<string, Value> Changes(TryTrigger request, Item item)
    {
        if (request.Changes.Count == 0) throw new RuleBrokenException("trigger.changes", "Say which field changes to what: the trigger answers to changes of the item.", "changes");

        var changes = new Dictionary<string, Value>();
        foreach (var (code, text) in request.Changes)
        {
            var field = item.Type.Fields.FindByAnyName(code) ?? throw new RuleBrokenException("field.unknown", $"There is no field {code}.", "changes");
            changes[field.Code] = FieldText.Invariant.Read(field, text);
        }

        return changes;
    }

    // The answers that are not worth keeping: why it was silent.
    private static TrialTrigger Silent(TriggerPlan plan, string stageId, Item item, int pipelineId)
    {
        var (code, message) = !plan.Config.Enabled ? ("trigger.disabled", "The trigger is switched off.")
            : item.PipelineId != pipelineId ? ("trigger.elsewhere", "The item is in another pipeline.")
            : ("trigger.settings", "The event does not suit its settings.");
        return new(plan.Key, plan.Config.Name, plan.Config.Type, stageId, code, message, null);
    }
}
