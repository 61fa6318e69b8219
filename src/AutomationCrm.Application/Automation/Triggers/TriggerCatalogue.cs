using System.Collections.Frozen;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>All trigger types, found by code.</summary>
public sealed class TriggerCatalogue(IEnumerable<ITrigger> triggers)
{
    private readonly FrozenDictionary<string, ITrigger> byCode = triggers.ToFrozenDictionary(t => t.Descriptor.Code);

    public IEnumerable<TriggerDescriptor> All => byCode.Values.Select(t => t.Descriptor).OrderBy(d => d.Code, StringComparer.Ordinal);

    public ITrigger? Find(string code) => byCode.GetValueOrDefault(code);
}
