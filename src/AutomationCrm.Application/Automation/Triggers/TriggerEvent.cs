using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>What a trigger is asked about.</summary>
/// <param name="Code">One of <see cref="TriggerEvents"/> or <c>HappeningCodes</c>.</param>
/// <param name="Changes">Of the item, for events that are changes of its fields.</param>
public sealed record TriggerEvent(string Code, IReadOnlyDictionary<string, Value> Facts, IReadOnlyList<FieldChange> Changes)
{
    /// <summary>Set when the event belongs to one configured trigger: its own timer.</summary>
    public string? OnlyKey { get; init; }

    /// <summary>The contact or company it happened to, when it was passed on to an item of theirs.</summary>
    public ItemRef? Client { get; init; }

    public static TriggerEvent Of(string code, IReadOnlyDictionary<string, Value> facts) => new(code, facts, []);

    public Value Fact(string name) => Facts.GetValueOrDefault(name) ?? Value.Null;

    /// <summary>A fact as text; numbers without a fraction, people as their number.</summary>
    public string Text(string name) => Fact(name) switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        UserValue user => user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };
}

/// <summary>Events that triggers know beside the happenings.</summary>
public static class TriggerEvents
{
    /// <summary>Fields of the item changed (Fields).</summary>
    public const string FieldChanged = "item.changed";

    /// <summary>Another person became responsible (From, To).</summary>
    public const string ResponsibleChanged = "item.responsible";

    /// <summary>The last open item or task that belongs to the item was closed (What).</summary>
    public const string LinkedClosed = "linked.closed";

    /// <summary>A date of the item has come (Date).</summary>
    public const string DateReached = "date.reached";

    /// <summary>Nobody has done anything with the item for a while (Since, Days).</summary>
    public const string Idle = "item.idle";
}
