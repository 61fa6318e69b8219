using System.Collections.Immutable;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Protocol.Query;

/// <summary>A field (its code) to sort by.</summary>
internal sealed record RestOrder(string Field, bool Descending);

/// <summary>Reads the order; the id always comes last, so that pages are stable.</summary>
internal static class OrderParser
{
    public static ImmutableArray<RestOrder> Parse(RestValue? order, RestFieldSet fields, string idCode)
    {
        var parsed = ImmutableArray.CreateBuilder<RestOrder>();
        foreach (var (name, direction) in order?.Entries ?? [])
        {
            if (Read(name, direction, fields) is { } term && parsed.All(o => o.Field != term.Field)) parsed.Add(term);
        }

        if (parsed.All(o => o.Field != idCode)) parsed.Add(new RestOrder(idCode, Descending: false));
        return parsed.ToImmutable();
    }

    private static RestOrder? Read(string name, RestValue direction, RestFieldSet fields)
    {
        if (fields.Find(name) is not { Sortable: true } field)
            return fields.IsClassic ? null : throw Refused($"Invalid order: field '{name}' is not allowed in order", name);
        var text = direction.Text?.Trim().ToUpperInvariant() ?? "";
        if (!fields.IsClassic && text is not ("ASC" or "DESC" or "")) throw Refused($"Invalid order: direction of field '{name}' must be ASC or DESC", name);
        return new RestOrder(field.Code, text.StartsWith("DESC", StringComparison.Ordinal));
    }

    private static RestException Refused(string text, string argument) => new(new RestError(400, RestErrors.InvalidArgument, text, argument));
}
