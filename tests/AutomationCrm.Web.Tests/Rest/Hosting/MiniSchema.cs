using System.Text.Json;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>Checks examples against the part of JSON Schema that the document uses.</summary>
internal static class MiniSchema
{
    public static void CheckExamples(JsonElement at, JsonElement root, string path, List<string> misfits)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in at.EnumerateArray()) CheckExamples(element, root, path, misfits);
        }

        if (at.ValueKind != JsonValueKind.Object) return;
        if (at.TryGetProperty("schema", out var schema) && at.TryGetProperty("example", out var example)) Check(schema, example, root, path, misfits);
        if (at.TryGetProperty("examples", out var examples) && examples.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in examples.EnumerateArray()) Check(at, one, root, path, misfits);
        }

        foreach (var property in at.EnumerateObject())
        {
            if (property.Name is not ("example" or "examples")) CheckExamples(property.Value, root, $"{path}/{property.Name}", misfits);
        }
    }

    public static JsonElement? Resolve(JsonElement root, string reference)
    {
        foreach (var step in reference.Split('/').Skip(1))
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(step, out root)) return null;
        }

        return root;
    }

    private static void Check(JsonElement schema, JsonElement value, JsonElement root, string path, List<string> misfits)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = Resolve(root, reference.GetString()!)!.Value;
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => Is(t, value))) misfits.Add($"{path}: {value} is not {type}");
        if (value.ValueKind == JsonValueKind.Object) CheckObject(schema, value, root, path, misfits);
        if (value.ValueKind != JsonValueKind.Array || !schema.TryGetProperty("items", out var items)) return;
        foreach (var element in value.EnumerateArray()) Check(items, element, root, path, misfits);
    }

    private static void CheckObject(JsonElement schema, JsonElement value, JsonElement root, string path, List<string> misfits)
    {
        if (schema.TryGetProperty("required", out var required))
            misfits.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{path}: {r} is missing"));
        if (!schema.TryGetProperty("properties", out var properties)) return;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var shape)) Check(shape, property.Value, root, $"{path}/{property.Name}", misfits);
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False) misfits.Add($"{path}: {property.Name} is unknown");
        }
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => value.ValueKind == JsonValueKind.Null,
    };
}
