using System.Collections.Immutable;
using System.Globalization;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>A phone, e-mail, site, messenger or link of an item. Type: PHONE, EMAIL, WEB, IM, LINK; kind: WORK, HOME, MOBILE ….</summary>
internal sealed record MultiFieldEntry(long Id, string Type, string ValueType, string Value);

/// <summary>A wish to add (no id), change (id and value) or remove (id and <see cref="Remove"/>) an entry.</summary>
internal sealed record MultiFieldChange(long? Id, string Type, string? ValueType, string? Value, bool Remove);

/// <summary>The forms and update rules of multi-fields (section 1.12 of the protocol).</summary>
internal static class MultiFields
{
    /// <summary>The field of crm.item.* that holds them all.</summary>
    public const string ItemName = "fm";

    private const string DefaultValueType = "WORK";
    private static readonly string[] Types = ["PHONE", "EMAIL", "WEB", "IM", "LINK"];

    public static RestValue WriteClassic(IEnumerable<MultiFieldEntry> entries, string type) =>
        RestValue.List(entries.Where(e => e.Type == type).Select(e => (RestValue)RestValue.Map(
            ("ID", Invariant(e.Id)), ("VALUE_TYPE", e.ValueType), ("VALUE", e.Value), ("TYPE_ID", e.Type))));

    public static RestValue WriteItem(IEnumerable<MultiFieldEntry> entries) =>
        RestValue.List(entries.Select(e => (RestValue)RestValue.Map(
            ("id", e.Id), ("valueType", e.ValueType), ("value", e.Value), ("typeId", e.Type))));

    /// <summary>The value of PHONE, EMAIL … in classic methods: rows with VALUE, or a single text.</summary>
    public static IEnumerable<MultiFieldChange> ReadClassic(string type, RestValue input, RestMethod method)
    {
        if (!input.IsContainer) return input.Text is { Length: > 0 } one ? [new MultiFieldChange(Id: null, type, DefaultValueType, one, Remove: false)] : [];
        return input.Entries.Select(e => Read(e.Value, id: null, type, method)).OfType<MultiFieldChange>().ToArray();
    }

    /// <summary>The value of fm: a list of rows, or a map by id and n0, n1 ….</summary>
    public static IEnumerable<MultiFieldChange> ReadItem(RestValue input, RestMethod method)
    {
        var byId = input is RestMap;
        return input.Entries.Select(e => Read(e.Value, byId ? e.Key : null, type: null, method)).OfType<MultiFieldChange>().ToArray();
    }

    /// <summary>The entries after the changes; new ones have the id 0. Unknown ids are ignored, as the item is not theirs.</summary>
    public static ImmutableArray<MultiFieldEntry> Apply(IEnumerable<MultiFieldEntry> current, IEnumerable<MultiFieldChange> changes)
    {
        var entries = current.ToList();
        foreach (var change in changes)
        {
            var at = change.Id is { } id ? entries.FindIndex(e => e.Id == id && e.Type == change.Type) : -1;
            if (change.Id is null) entries.Add(new MultiFieldEntry(0, change.Type, change.ValueType ?? DefaultValueType, change.Value!));
            else if (at >= 0 && change.Remove) entries.RemoveAt(at);
            else if (at >= 0) entries[at] = entries[at] with { Value = change.Value ?? entries[at].Value, ValueType = change.ValueType ?? entries[at].ValueType };
        }

        return [.. entries];
    }

    private static MultiFieldChange? Read(RestValue row, string? id, string? type, RestMethod method)
    {
        if (!row.IsContainer) return row.Text is { Length: > 0 } plain && type is not null ? new MultiFieldChange(null, type, DefaultValueType, plain, Remove: false) : null;
        type ??= Part(row, "typeId", "TYPE_ID")?.ToUpperInvariant();
        if (type is null || !Types.Contains(type, StringComparer.Ordinal)) throw Invalid(method, "typeId", "Invalid value for field \"typeId\"");
        var value = Part(row, "VALUE", "value");
        var number = RestArguments.TryWhole(RestValue.Of(Part(row, "ID", "id") ?? id), out var known) && known > 0 ? known : (long?)null;
        var remove = RestArguments.TryFlag(row.Find("DELETE") ?? row.Find("delete"), out var flag) && flag;
        if (number is null) return string.IsNullOrEmpty(value) || remove ? null : new MultiFieldChange(null, type, Part(row, "VALUE_TYPE", "valueType"), value, Remove: false);
        return new MultiFieldChange(number, type, Part(row, "VALUE_TYPE", "valueType"), value, remove || value is { Length: 0 });
    }

    private static string? Part(RestValue row, string name, string other) => (row.Find(name) ?? row.Find(other))?.Text;

    private static string Invariant(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static RestException Invalid(RestMethod method, string field, string text) => new(RestErrors.InvalidValue(method, field, text));
}
