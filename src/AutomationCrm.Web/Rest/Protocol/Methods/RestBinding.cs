using System.Globalization;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Checks parameters against the declaration, in the words of the method's family. Our own methods are checked to the leaves.</summary>
internal static class RestBinding
{
    private static readonly string[] ClientExtras = ["bx24_request_id", "bx24_sdk_ver", "bx24_sdk_type", "__order"];

    public static void Check(RestMethod method, RestMap given)
    {
        if (method.Style == RestStyle.Own) RefuseUnknown(method.Parameters, given, "", top: true);
        foreach (var parameter in method.Parameters)
        {
            var value = given.FindAnyCase(parameter.Name);
            if (value is null || RestArguments.IsAbsent(value))
            {
                if (parameter.Required) throw Missing(method, parameter);
            }
            else if (method.Style == RestStyle.Own) CheckDeep(parameter.Shape, value, parameter.Name);
            else if (!Fits(parameter.Shape, value)) throw Mistyped(method, parameter, value);
        }
    }

    /// <summary>Whether a value has the form, looking at the top level only.</summary>
    public static bool Fits(RestShape shape, RestValue value) => shape.Kind switch
    {
        RestKind.Whole => RestArguments.TryWhole(value, out _),
        RestKind.Id => RestArguments.TryWhole(value, out var id) && id > 0,
        RestKind.Number => value is RestNumber || decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        RestKind.Flag => RestArguments.TryFlag(value, out _),
        RestKind.Text or RestKind.Instant => !value.IsContainer,
        RestKind.Map or RestKind.List => value.IsContainer,
        _ => true,
    };

    private static RestException Missing(RestMethod method, RestParameter parameter) => new(method.Style switch
    {
        RestStyle.Classic => Classic(parameter),
        RestStyle.Controller => new(400, "100", $"Could not find value for parameter {{{parameter.Name}}}", parameter.Name),
        _ => new(400, RestErrors.InvalidArgument, $"Parameter '{parameter.Name}' is required.", parameter.Name),
    });

    private static RestException Mistyped(RestMethod method, RestParameter parameter, RestValue value) => new(method.Style == RestStyle.Classic
        ? Classic(parameter)
        : new(400, "100", $"Invalid value {{{Shown(value)}}} to match with parameter {{{parameter.Name}}}. Should be value of type {TypeName(parameter.Shape)}.", parameter.Name));

    private static RestError Classic(RestParameter parameter) => parameter.Shape.Kind switch
    {
        RestKind.Map or RestKind.List => new(400, "", $"Parameter '{parameter.Name}' must be array.", parameter.Name),
        RestKind.Id => new(400, "", $"{parameter.Name.ToUpperInvariant()} is not defined or invalid.", parameter.Name),
        _ => new(400, "", $"Parameter '{parameter.Name}' is not defined or invalid.", parameter.Name),
    };

    private static void CheckDeep(RestShape shape, RestValue value, string path)
    {
        if (value is RestNull && shape.Nullable) return;
        if (!Fits(shape, value)) throw Strict($"Parameter '{path}' must be {Described(shape)}.", path);
        if (shape.Kind == RestKind.List && value is RestMap { Count: > 0 }) throw Strict($"Parameter '{path}' must be {Described(shape)}.", path);
        if (shape.Items is { } items)
        {
            foreach (var (key, item) in value.Entries) CheckDeep(items, item, $"{path}[{key}]");
        }

        if (shape.Properties.Count > 0) CheckProperties(shape.Properties, value, path);
    }

    private static void CheckProperties(IReadOnlyList<RestParameter> properties, RestValue value, string path)
    {
        RefuseUnknown(properties, value, path, top: false);
        foreach (var property in properties)
        {
            var child = value.Find(property.Name);
            if (child is null or RestNull)
            {
                if (property.Required) throw Strict($"Parameter '{path}[{property.Name}]' is required.", $"{path}[{property.Name}]");
            }
            else CheckDeep(property.Shape, child, $"{path}[{property.Name}]");
        }
    }

    private static void RefuseUnknown(IReadOnlyList<RestParameter> known, RestValue given, string path, bool top)
    {
        foreach (var (key, _) in given.Entries)
        {
            var names = top ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            if (known.Any(p => p.Name.Equals(key, names)) || (top && ClientExtras.Contains(key, StringComparer.OrdinalIgnoreCase))) continue;
            var where = path.Length == 0 ? key : $"{path}[{key}]";
            throw Strict($"Unknown parameter '{where}'.", where);
        }
    }

    private static RestException Strict(string description, string argument) => new(new RestError(400, RestErrors.InvalidArgument, description, argument));

    private static string Shown(RestValue value) => value.Text is { } text ? Cut(text) : "array";

    // Never between the halves of a surrogate pair, which JSON could not carry.
    private static string Cut(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[59]) ? 59 : 60)];

    private static string TypeName(RestShape shape) => shape.Kind switch
    {
        RestKind.Whole or RestKind.Id => "int",
        RestKind.Map or RestKind.List => "array",
        RestKind.Flag => "bool",
        RestKind.Number => "float",
        _ => "string",
    };

    private static string Described(RestShape shape) => shape.Kind switch
    {
        RestKind.Whole => "a whole number",
        RestKind.Id => "a positive whole number",
        RestKind.Number => "a number",
        RestKind.Flag => "true or false",
        RestKind.Map => "an object",
        RestKind.List => "a list",
        RestKind.Instant => "a moment in ISO 8601",
        _ => "text",
    };
}
