using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>The job that asks the triggers of an item about something that has happened, in the item's own lane.</summary>
internal sealed record TriggerCall(string Event, string Facts)
{
    public const string Kind = "trigger.ask";

    /// <summary>The chain of causes in the form of <see cref="ChainHeader"/>.</summary>
    public string? Chain { get; init; }

    /// <summary>Who caused it.</summary>
    public long By { get; init; }

    public int ClientType { get; init; }

    public long ClientId { get; init; }

    public static TriggerCall Of(string code, IReadOnlyDictionary<string, Value> facts, Caller caller) =>
        new(code, FactJson.Write(facts)) { Chain = caller.Cause is { } cause ? ChainHeader.Write(cause) : null, By = caller.PersonId };

    public TriggerEvent ToEvent() => TriggerEvent.Of(Event, FactJson.Read(Facts)) with { Client = ClientId > 0 ? new ItemRef(ClientType, ClientId) : null };

    public string ToJson() => JsonSerializer.Serialize(this);

    public static TriggerCall Parse(string args) => JsonSerializer.Deserialize<TriggerCall>(args)!;
}
