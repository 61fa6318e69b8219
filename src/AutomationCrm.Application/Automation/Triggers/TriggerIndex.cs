using System.Runtime.CompilerServices;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A trigger on its stage.</summary>
/// <param name="Order">The stage's place in its pipeline, from 0.</param>
internal sealed record TriggerPlace(Stage Stage, int Order, TriggerPlan Plan, ITrigger Type);

/// <summary>Every trigger of a configuration by pipeline and event, in the order of the stages. Built once per configuration.</summary>
internal sealed class TriggerIndex
{
    private readonly Dictionary<(int TypeId, int PipelineId, string Event), List<TriggerPlace>> byEvent = [];
    private readonly HashSet<(int TypeId, string Event)> types = [];
    private readonly HashSet<string> events = [];
    private readonly Dictionary<(int TypeId, int PipelineId), List<TriggerPlace>> timed = [];

    private TriggerIndex(PortalSnapshot portal, TriggerCatalogue catalogue)
    {
        foreach (var pipeline in portal.Pipelines)
            for (var order = 0; order < pipeline.Stages.Count; order++) Add(portal, catalogue, pipeline, order);
    }

    /// <summary>Whether an event can mean anything to any item.</summary>
    public bool Knows(string code) => events.Contains(code);

    /// <summary>Item types with a trigger for the event.</summary>
    public IEnumerable<int> TypesWith(string code) => types.Where(t => t.Event == code).Select(t => t.TypeId).Order();

    public IReadOnlyList<TriggerPlace> Of(int typeId, int pipelineId, string code) => byEvent.TryGetValue((typeId, pipelineId, code), out var places) ? places : [];

    /// <summary>Triggers with a timer per item.</summary>
    public IReadOnlyList<TriggerPlace> TimedOf(int typeId, int pipelineId) => timed.TryGetValue((typeId, pipelineId), out var places) ? places : [];

    private void Add(PortalSnapshot portal, TriggerCatalogue catalogue, Pipeline pipeline, int order)
    {
        var stage = pipeline.Stages[order];
        foreach (var plan in portal.AutomationOf(stage.TypeId, stage.Id)?.Triggers ?? [])
        {
            if (catalogue.Find(plan.Config.Type) is not { } type) continue;

            var place = new TriggerPlace(stage, order, plan, type);
            Put(byEvent, (stage.TypeId, pipeline.Id, type.Descriptor.Event), place);
            if (!plan.Config.Enabled) continue;

            types.Add((stage.TypeId, type.Descriptor.Event));
            events.Add(type.Descriptor.Event);
            if (type is ITimedTrigger) Put(timed, (stage.TypeId, pipeline.Id), place);
        }
    }

    private static void Put<TKey>(Dictionary<TKey, List<TriggerPlace>> map, TKey key, TriggerPlace place)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list)) map[key] = list = [];
        list.Add(place);
    }

    /// <summary>The index of a configuration; kept as long as the configuration is.</summary>
    internal sealed class Book(TriggerCatalogue catalogue)
    {
        private readonly ConditionalWeakTable<PortalSnapshot, TriggerIndex> indexes = [];

        public TriggerIndex Of(PortalSnapshot portal) => indexes.GetValue(portal, key => new(key, catalogue));
    }
}
