using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>A dry run of a script on one item before it is launched; for whoever may change the item.</summary>
public sealed record TryScript(ItemRef Item, long ScriptId) : IRequest<StageTrial>
{
    /// <summary>What the script asks for, by name, in the invariant form of fields.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public TimeSpan Travel { get; init; }

    public IReadOnlyDictionary<string, TrialAnswer> Answers { get; init; } = new Dictionary<string, TrialAnswer>();
}

internal sealed class TryScriptValidator : AbstractValidator<TryScript>
{
    public TryScriptValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.ScriptId).GreaterThan(0).OverridePropertyName("script");
        RuleFor(q => q.Travel).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromDays(TryStage.MostTravelDays)).OverridePropertyName("travel");
        RuleFor(q => q.Answers.Count).LessThanOrEqualTo(TryStage.MostAnswers).OverridePropertyName("answers");
    }
}

internal sealed class TryScriptHandler(IWorkStore store, IPortal gate, IAccess access, Caller caller, StageRehearsal rehearsal) : IRequestHandler<TryScript, StageTrial>
{
    public async Task<StageTrial> Handle(TryScript request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        access.Require(caller, ItemAction.Update, item);
        var portal = await gate.FreshAsync(cancellationToken);
        var plan = new TrialPlan(item, portal.Stage(item.Ref.TypeId, item.StageId), portal, null) { Travel = request.Travel, Answers = request.Answers };
        var start = new StartScript(item.Ref.TypeId, request.ScriptId, [item.Ref.Id], request.Values);
        return await rehearsal.RunAsync(plan, scope => scope.GetRequiredService<ISender>().Send(start, cancellationToken), cancellationToken);
    }
}
