using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Writing;

namespace AutomationCrm.Web.Rest.Protocol.OpenApi;

/// <summary>Shapes as JSON Schema 2020-12.</summary>
internal static class OpenApiSchema
{
    public static void Write(Utf8JsonWriter json, RestShape shape, bool strict, bool forInput, string? about = null)
    {
        json.WriteStartObject();
        WriteType(json, shape, forInput);
        if (about is not null) json.WriteString("description", about);
        if (shape.Kind == RestKind.Id && !forInput) json.WriteNumber("minimum", 1);
        if (shape.Items is { } items)
        {
            json.WritePropertyName(shape.Kind == RestKind.List ? "items" : "additionalProperties");
            Write(json, items, strict, forInput);
        }

        if (shape.Properties.Count > 0) WriteProperties(json, shape, strict, forInput);
        if (shape.Example is { } example)
        {
            json.WriteStartArray("examples");
            json.WriteRawValue(RestJsonWriter.Write(example).Span);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The declared example, or one put together from the parts.</summary>
    public static RestValue ExampleOf(RestShape shape) => shape.Example ?? shape.Kind switch
    {
        RestKind.Map when shape.Properties.Count > 0 => RestValue.Map(shape.Properties.Select(p => (p.Name, ExampleOf(p.Shape)))),
        RestKind.Map when shape.Items is { } values => RestValue.Map(("name", ExampleOf(values))),
        RestKind.List => RestValue.List(shape.Items is { } items ? [ExampleOf(items)] : []),
        RestKind.Map => new RestMap(),
        RestKind.Whole or RestKind.Id or RestKind.Number => 1,
        RestKind.Flag => true,
        RestKind.Instant => "2026-01-05T09:00:00+00:00",
        RestKind.Text => "text",
        _ => RestValue.Null,
    };

    // Input is read leniently: numbers also as text, flags also as Y and N, an empty map also as [].
    private static void WriteType(Utf8JsonWriter json, RestShape shape, bool forInput)
    {
        string[] types = shape.Kind switch
        {
            RestKind.Text => ["string"],
            RestKind.Instant => ["string"],
            RestKind.Whole or RestKind.Id => forInput ? ["integer", "string"] : ["integer"],
            RestKind.Number => forInput ? ["number", "string"] : ["number"],
            RestKind.Flag => forInput ? ["boolean", "integer", "string"] : ["boolean"],
            RestKind.Map => ["object", "array"],
            RestKind.List => forInput ? ["array", "object"] : ["array"],
            _ => [],
        };
        if (types.Length == 0) return;
        if (shape.Nullable) types = [.. types, "null"];
        if (shape.Kind == RestKind.Instant) json.WriteString("format", "date-time");
        if (types.Length == 1)
        {
            json.WriteString("type", types[0]);
            return;
        }

        json.WriteStartArray("type");
        foreach (var type in types) json.WriteStringValue(type);
        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, RestShape shape, bool strict, bool forInput)
    {
        json.WriteStartObject("properties");
        foreach (var property in shape.Properties)
        {
            json.WritePropertyName(property.Name);
            Write(json, property.Shape, strict, forInput, property.About);
        }

        json.WriteEndObject();
        if (strict) json.WriteBoolean("additionalProperties", false);
        if (!shape.Properties.Any(p => p.Required)) return;
        json.WriteStartArray("required");
        foreach (var property in shape.Properties.Where(p => p.Required)) json.WriteStringValue(property.Name);
        json.WriteEndArray();
    }
}
