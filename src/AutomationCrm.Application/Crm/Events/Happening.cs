using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Events;

/// <summary>
/// Something that happened to an item and is no change of its fields: a task was closed, a mail was opened. Raised by
/// <see cref="IUnitOfWork.Raise"/> in the transaction of its cause.
/// </summary>
/// <param name="Code">One of <see cref="HappeningCodes"/>.</param>
/// <param name="Facts">What conditions and robots may ask about it, by name.</param>
public sealed record Happening(ItemRef Item, string Code, IReadOnlyDictionary<string, Value> Facts)
{
    public static Happening Of(ItemRef item, string code, params ReadOnlySpan<(string Name, Value Value)> facts)
    {
        var values = new Dictionary<string, Value>(facts.Length, StringComparer.Ordinal);
        foreach (var (name, value) in facts) values[name] = value;
        return new(item, code, values);
    }
}

/// <summary>Answers to happenings: triggers, waits for a condition (contract C7). Plans rows and jobs and has no effect of its own.</summary>
public interface IHappeningReaction
{
    bool Interested(string code);

    ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct);
}
