using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>
/// What placeholders and conditions of a robot see: <c>Document:CODE</c> the item's fields and those of linked items, <c>Workflow</c> the run, <c>User</c>
/// who caused it, the values of the roots, and <c>key:Result</c> the results of earlier robots of the run. Everything has been read before.
/// </summary>
internal sealed class RunSource(
    ValueDemand demand,
    Func<ItemRef, Item?> linked,
    IReadOnlyDictionary<string, IValueSource> roots,
    IReadOnlyDictionary<string, FieldChange> changes) : IValueSource, IChanges
{
    /// <summary>Items that were reached through links.</summary>
    public Func<ItemRef, Item?> Linked => linked;

    public Value? Get(string path)
    {
        if (path.StartsWith(FieldPath.Document, StringComparison.Ordinal)) return Field(path[FieldPath.Document.Length..]);

        var colon = path.IndexOf(':');
        if (colon <= 0) return null;

        var (owner, name) = (path[..colon], path[(colon + 1)..]);
        if (roots.TryGetValue(owner, out var root)) return root.Get(path);
        return owner switch
        {
            "Workflow" => demand.Run is { } run ? Value.Of((decimal)run.Id) : null,
            "User" => demand.Run is { } run ? new UserValue(run.ActorId) : null,
            _ => demand.Results?.Invoke(owner, name),
        };
    }

    public bool IsChanged(string path) => FieldPath.OwnField(path) is { } name && CodeOf(name) is { } code && changes.ContainsKey(code);

    public Value? Before(string path) => FieldPath.OwnField(path) is { } name && CodeOf(name) is { } code ? changes.TryGetValue(code, out var change) ? change.Old : demand.Item[code] : null;

    private Value? Field(string name)
    {
        var item = demand.Item;
        if (!name.Contains('.')) return Own(item, name);

        var parts = name.Split('.');
        foreach (var link in parts[..^1])
        {
            if (FieldPath.Link(item.Type, link) is not { } field) return null;
            // No company is a known answer; a field that no company has would still be found when the configuration is saved.
            if (item[field.Code] is not ItemValue reference || linked(new(reference.TypeId, reference.Id)) is not { } next) return Value.Null;
            item = next;
        }

        return Own(item, parts[^1]);
    }

    private string? CodeOf(string name) => demand.Item.Type.Fields.FindByAnyName(name)?.Code;

    private static Value? Own(Item item, string name) =>
        name.Equals(FieldCodes.Id, StringComparison.OrdinalIgnoreCase) ? Value.Of((decimal)item.Ref.Id)
        : item.Type.Fields.FindByAnyName(name) is { } field ? item[field.Code] : null;
}
