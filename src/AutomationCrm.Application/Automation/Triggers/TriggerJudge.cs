using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Reads what the conditions of the candidates ask for and lets <see cref="TriggerSelection"/> decide.</summary>
internal sealed class TriggerJudge(TriggerIndex.Book book, IServiceProvider services)
{
    /// <summary>Null when no trigger of the item's pipeline knows the event.</summary>
    public async ValueTask<TriggerDecision?> DecideAsync(Item item, TriggerEvent happened, IUnitOfWork work, CancellationToken ct)
    {
        var places = book.Of(work.Portal).Of(item.Ref.TypeId, item.PipelineId, happened.Code);
        if (places.Count == 0 || work.Portal.Pipeline(item.Ref.TypeId, item.PipelineId) is not { } pipeline) return null;

        // Late, because the values stand on the unit of work, which knows all reactions.
        var values = services.GetRequiredService<RunValues>();
        List<string> paths = [.. places.SelectMany(p => p.Plan.Condition?.References ?? []).Where(p => !p.StartsWith(TriggerFacts.Prefix, StringComparison.OrdinalIgnoreCase)).Distinct()];
        var demand = new ValueDemand(item, null) { Changes = [.. happened.Changes.Where(c => c.Old != c.New)] };
        var source = new TriggerSource(await values.OpenAsync(demand, paths, changes: true, ct), happened);
        return TriggerSelection.Decide(places, item, pipeline, happened, source, values.ContextOf(item, item.Version));
    }
}
