using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>What a robot sees: its item, the configuration, and the same use cases that people have.</summary>
public sealed class RobotContext(ISender sender, IUnitOfWork work, Item item, long runId, long robotRunId, string robotName, Guid effectKey)
{
    public Item Item { get; } = item;

    public PortalSnapshot Portal => work.Portal;

    public DateTimeOffset Now => work.Now;

    /// <summary>The chain of causes this run belongs to.</summary>
    public Cause? Cause => work.Caller.Cause;

    public long RunId { get; } = runId;

    public long RobotRunId { get; } = robotRunId;

    public string RobotName { get; } = robotName;

    /// <summary>Names the configured robot in the whole portal and across versions: <c>2:PREPARATION/r1</c>.</summary>
    public string Place { get; init; } = robotName;

    /// <summary>How values become text and what working time is.</summary>
    public EvaluationContext Evaluation { get; init; } = new(work.Now);

    /// <summary>Everything that conditions and placeholders of this robot may ask.</summary>
    public IValueSource Values { get; init; } = EmptySource.Instance;

    /// <summary>Linked items that the settings' conditions have reached.</summary>
    public Func<ItemRef, Item?> Linked { get; init; } = _ => null;

    /// <summary>Whether a condition of the settings holds now.</summary>
    public Verdict Holds(Condition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return condition.Holds(Values, Evaluation);
    }

    /// <summary>Stable over all attempts of this robot run.</summary>
    public Guid EffectKey { get; } = effectKey;

    /// <summary>Runs a use case in the lane's transaction, marked with this run as its cause (contract C2).</summary>
    public Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken ct) => sender.Send(request, ct);

    private sealed class EmptySource : IValueSource
    {
        public static EmptySource Instance { get; } = new();

        public Value? Get(string path) => null;
    }
}
