using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Protocol.Query;

/// <summary>Which fields of a row are wanted, the id always first, and whether fm belongs to it.</summary>
/// <param name="Everything">No select, or one with a star.</param>
internal sealed record RestSelection(IReadOnlyList<IRestField> Fields, bool WithMulti, bool Everything);

/// <summary>
/// Reads select: * is all standard fields, UF_* all custom ones. Without it classic lists answer standard fields without
/// multi-fields, item lists everything but fm. Unknown names are ignored.
/// </summary>
internal static class SelectParser
{
    public static RestSelection Parse(RestValue? select, RestFieldSet fields, string idCode)
    {
        var names = Names(select);
        var star = names.Contains("*", StringComparer.Ordinal);
        var custom = names.Any(n => n.ToUpperInvariant() is "UF_*" or "UFCRM*");
        var named = names.Select(fields.Find).OfType<IRestField>().Select(f => f.Code).ToHashSet(StringComparer.Ordinal);
        var chosen = fields.Fields.Where(f => f.Code == idCode || named.Contains(f.Code) || IsMeant(f, fields.IsClassic, names.Count == 0, star, custom));
        return new RestSelection([.. chosen.OrderByDescending(f => f.Code == idCode)], WithMulti: star && !fields.IsClassic, Everything: star || names.Count == 0);
    }

    private static List<string> Names(RestValue? select)
    {
        if (select is { IsContainer: false }) select = select.IsEmpty ? null : RestValue.List([select]);
        return [.. (select?.Entries ?? []).Select(e => e.Value.Text?.Trim()).OfType<string>().Where(n => n.Length > 0)];
    }

    private static bool IsMeant(IRestField field, bool classic, bool noSelect, bool star, bool custom)
    {
        if (field.Kind == RestFieldKind.Multi) return false;
        if (field.Custom) return custom || (!classic && (noSelect || star));
        return noSelect || star;
    }
}
