using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Ports;

/// <summary>Starts business processes. Robots that start one are offered only where it is registered.</summary>
public interface IProcessStarter
{
    /// <summary>Puts the start into the running unit of work and answers the instance's id.</summary>
    Task<Guid> StartAsync(string processKey, ItemRef item, IReadOnlyDictionary<string, Value> parameters, Cause? cause, CancellationToken ct);
}

/// <summary>Runs automation scripts on items. Robots that run one are offered only where it is registered.</summary>
public interface IScriptStarter
{
    /// <summary>Puts the items into the script's queue within the running unit of work and answers how many there are.</summary>
    Task<int> StartAsync(string scriptKey, IReadOnlyList<ItemRef> items, IReadOnlyDictionary<string, Value> parameters, Cause? cause, CancellationToken ct);
}
