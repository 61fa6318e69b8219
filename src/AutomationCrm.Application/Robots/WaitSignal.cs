using System.Collections.Immutable;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>Something a waiting robot wants to hear of: a field of an item changed, or one of the happenings (<c>HappeningCodes</c>) of an item.</summary>
public readonly record struct WaitSignal(ItemRef Item, string Code)
{
    public const string FieldPrefix = "field:";

    public static WaitSignal Field(ItemRef item, string fieldCode) => new(item, FieldPrefix + fieldCode);

    /// <summary>Everything that may change what a path gives: the item's own field, or the links on the way to another item's field.</summary>
    /// <param name="linked">Items that are reached already.</param>
    public static IEnumerable<WaitSignal> Of(string path, Item item, Func<ItemRef, Item?> linked)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(linked);
        if (!path.StartsWith(FieldPath.Document, StringComparison.Ordinal)) yield break;

        var parts = path[FieldPath.Document.Length..].Split('.');
        foreach (var link in parts[..^1])
        {
            if (FieldPath.Link(item.Type, link) is not { } field) yield break;
            yield return Field(item.Ref, field.Code);
            if (item[field.Code] is not ItemValue reference || linked(new(reference.TypeId, reference.Id)) is not { } next) yield break;
            item = next;
        }

        if (item.Type.Fields.FindByAnyName(parts[^1]) is { } last) yield return Field(item.Ref, last.Code);
    }
}

/// <summary>Why a waiting robot is asked again.</summary>
/// <param name="Signal">Null when the time is over.</param>
/// <param name="Facts">Of the happening; empty for changed fields.</param>
/// <param name="Results">What it gave with <see cref="Outcome.WaitFor"/>.</param>
public sealed record WaitAnswer(string? Signal, IReadOnlyDictionary<string, Value> Facts, IReadOnlyDictionary<string, Value> Results)
{
    public bool TimedOut => Signal is null;
}
