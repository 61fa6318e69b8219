using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>
/// <c>{=Template:Name}</c>: what the trigger of a run told. Without a trigger, or when it told nothing of that name, a fact is empty: the
/// same robots also serve items moved by hand.
/// </summary>
internal sealed class TriggerFacts(TriggerCatalogue catalogue) : IValueRoot
{
    public const string Object = "Template";
    public const string Prefix = Object + ":";

    public IReadOnlyCollection<string> Objects { get; } = [Object];

    public bool Knows(string path, ValuePlace place) => place.Config.Triggers.Any(t => Tells(t.Type, path))
        || place.Config.Parameters.Contains(path[Prefix.Length..], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a trigger type has the fact.</summary>
    public bool Tells(string type, string path) =>
        catalogue.Find(type)?.Descriptor is { } trigger && (trigger.HasOtherFacts || trigger.Facts.Any(f => f.Code.Equals(path[Prefix.Length..], StringComparison.OrdinalIgnoreCase)));

    public ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct) =>
        ValueTask.FromResult<IValueSource>(new Source(demand.Run?.Facts is { } facts ? FactJson.Read(facts) : []));

    private sealed class Source(Dictionary<string, Value> facts) : IValueSource
    {
        public Value? Get(string path) => facts.GetValueOrDefault(path[Prefix.Length..]) ?? Value.Null;
    }
}
