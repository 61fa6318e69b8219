using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>Phones, e-mails and alike of an item as entries of the protocol, and its changes as values of fields.</summary>
internal static class ContactPoints
{
    private static readonly string[] Types = ["PHONE", "EMAIL", "WEB", "IM"];

    /// <summary>All entries of an item, read by field code. Ids are those of the field: unique within their type.</summary>
    public static IEnumerable<MultiFieldEntry> Of(Func<string, Value> read) =>
        Types.SelectMany(type => Points(read(type)).Select(p => new MultiFieldEntry(p.Id, type, p.Type, p.Text)));

    /// <summary>The new values of the fields that the changes touch; types the item does not have are ignored.</summary>
    public static IEnumerable<KeyValuePair<string, Value>> Apply(ItemType itemType, Func<string, Value> read, IReadOnlyList<MultiFieldChange> changes)
    {
        foreach (var type in changes.Select(c => c.Type).Distinct(StringComparer.Ordinal).Where(t => itemType.Fields.Find(t) is not null))
        {
            var current = Points(read(type)).Select(p => new MultiFieldEntry(p.Id, type, p.Type, p.Text));
            var after = MultiFields.Apply(current, changes.Where(c => c.Type == type));
            yield return KeyValuePair.Create(type, Value.Of(after.Select(e => (Value)new ContactPointValue(e.Id, e.ValueType, e.Value))));
        }
    }

    private static IEnumerable<ContactPointValue> Points(Value value) => value is ListValue list ? list.Items.OfType<ContactPointValue>() : [];
}
