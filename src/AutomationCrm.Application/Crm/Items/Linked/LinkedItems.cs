using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Items.Linked;

/// <summary>How items belong together.</summary>
public enum ItemLink
{
    /// <summary>One refers to the other by a field.</summary>
    Linked,

    /// <summary>They have the same company.</summary>
    Company,

    /// <summary>They have the same contact.</summary>
    Contact,

    /// <summary>They need not belong together.</summary>
    Any,
}

/// <summary>Finds items of a type that belong to an item.</summary>
public static class LinkedItems
{
    /// <summary>The fields of a type that refer to items of another one.</summary>
    public static IEnumerable<Field> References(ItemType from, int to) => from.Fields.All.Where(f => f.Kind == FieldKind.Item && f.TargetType == to);

    /// <summary>Null when the item has no company or contact, so that nothing can belong to it by them. Throws when the types know nothing of each other.</summary>
    public static FilterNode? Filter(Item item, ItemType target, ItemLink link)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(target);
        return link switch
        {
            ItemLink.Any => FilterNode.All(Others(item, target)),
            ItemLink.Company => ByClient(item, target, ItemTypeIds.Company),
            ItemLink.Contact => ByClient(item, target, ItemTypeIds.Contact),
            _ => ByReference(item, target),
        };
    }

    private static FilterNode ByReference(Item item, ItemType target)
    {
        var ways = new List<FilterNode>();
        foreach (var field in References(target, item.Ref.TypeId)) ways.Add(FilterNode.Compare(field.Code, FilterOp.Equal, new ItemValue(item.Ref.TypeId, item.Ref.Id)));
        var known = ways.Count > 0;
        foreach (var field in References(item.Type, target.Id))
        {
            known = true;
            if (item[field.Code] is ItemValue other) ways.Add(FilterNode.Compare(FieldCodes.Id, FilterOp.Equal, Value.Of((decimal)other.Id)));
        }

        if (!known) throw new RuleBrokenException("items.unlinked", $"Items of type {target.Code} and {item.Type.Code} do not refer to each other.", "link");
        // No way at all: the item refers to nobody, which nothing matches.
        return FilterNode.All([ways.Count > 0 ? FilterNode.Any(ways) : FilterNode.Compare(FieldCodes.Id, FilterOp.In), .. Others(item, target)]);
    }

    private static FilterNode? ByClient(Item item, ItemType target, int client)
    {
        var code = client == ItemTypeIds.Company ? FieldCodes.Company : FieldCodes.Contact;
        var id = item.Ref.TypeId == client ? item.Ref.Id : item[code] is ItemValue reference ? reference.Id : 0;
        if (id == 0) return null;
        if (target.Id == client) return FilterNode.Compare(FieldCodes.Id, FilterOp.Equal, Value.Of((decimal)id));
        if (target.Fields.Find(code) is null) throw new RuleBrokenException("items.unlinked", $"Items of type {target.Code} have no field {code}.", "link");
        return FilterNode.All([FilterNode.Compare(code, FilterOp.Equal, new ItemValue(client, id)), .. Others(item, target)]);
    }

    private static IEnumerable<FilterNode> Others(Item item, ItemType target) =>
        target.Id == item.Ref.TypeId ? [FilterNode.Compare(FieldCodes.Id, FilterOp.NotEqual, Value.Of((decimal)item.Ref.Id))] : [];
}
