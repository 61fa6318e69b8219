using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>
/// Values beside the item and the results of earlier robots that conditions and placeholders may name: variables, constants, global
/// values, values of the trigger. Register one per kind; nothing else has to know it.
/// </summary>
public interface IValueRoot
{
    /// <summary>The objects it answers for, as they stand before the colon, for example <c>GlobalVar</c>.</summary>
    IReadOnlyCollection<string> Objects { get; }

    /// <summary>Whether a path may be used on a stage; asked when a configuration is saved.</summary>
    bool Knows(string path, ValuePlace place);

    /// <summary>Reads once, before a robot's turn, what its paths may ask for; the source answers null for unknown paths.</summary>
    /// <param name="paths">Only those of <see cref="Objects"/>, at least one.</param>
    ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct);
}

/// <summary>Where a configured path stands.</summary>
public sealed record ValuePlace(ItemType Type, StageAutomationConfig Config, PortalSnapshot Portal);

/// <summary>For whom values are opened.</summary>
/// <param name="Run">Null outside of runs: conditions of triggers.</param>
public sealed record ValueDemand(Item Item, Run? Run)
{
    /// <summary>A result of an earlier robot by its key and name; null when there is none.</summary>
    public Func<string, string, Value?>? Results { get; init; }

    /// <summary>What has just changed; without it the event that started the run is read when a condition asks.</summary>
    public IReadOnlyList<FieldChange>? Changes { get; init; }
}
