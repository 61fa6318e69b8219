using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Crm.Items;

/// <summary>Items as rows of a dialect.</summary>
internal sealed class ItemRows(RestCall call, ItemType type, RestFieldSet set)
{
    private const string TypeName = "entityTypeId";

    private readonly ValueWriter writer = new(set.Dialect, call.Format);

    /// <summary>What *.fields methods answer.</summary>
    public RestMap Describe()
    {
        var fields = FieldDescriptions.Write(set);
        if (set.IsClassic) return fields;
        var typeField = new RestField("ENTITY_TYPE_ID", "ENTITY_TYPE_ID", RestFieldKind.Whole, "integer") { ReadOnly = true, Filterable = false };
        fields[TypeName] = FieldDescriptions.Write(new RestFieldSet([typeField], set.Dialect))[TypeName]!;
        return fields;
    }

    /// <summary>The whole item: phones and alike are fields of their own in classic rows, one list in the others.</summary>
    public RestMap Write(Item item)
    {
        if (set.IsClassic) return writer.Row(set, set.Fields, f => Read(item, f.Code));
        var everything = SelectParser.Parse(select: null, set, FieldCodes.Id);
        return Write(item, everything with { WithMulti = true });
    }

    public RestList Write(IEnumerable<Item> items, RestSelection selection) => RestValue.List(items.Select(i => Write(i, selection)));

    private static Value Read(Item item, string code) => code == FieldCodes.Id ? Value.Of((decimal)item.Ref.Id) : item[code];

    private RestMap Write(Item item, RestSelection selection)
    {
        var row = writer.Row(set, set.IsClassic ? selection.Fields : selection.Fields.Where(f => f.Kind != RestFieldKind.Multi), f => Read(item, f.Code));
        if (set.IsClassic) return row;
        if (selection.Everything || call.Arguments.List("select").Any(n => TypeName.Equals(n.Text, StringComparison.OrdinalIgnoreCase))) row[TypeName] = type.Id;
        if (selection.WithMulti && type.Fields.Find(FieldCodes.Phone) is not null) row[MultiFields.ItemName] = MultiFields.WriteItem(ContactPoints.Of(code => item[code]));
        return row;
    }
}
