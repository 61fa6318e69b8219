using System.Buffers;
using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>Trees of the protocol as stored JSON and back; an empty map stays an object here.</summary>
internal static class RestJson
{
    public static JsonElement ToJson(RestValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) Write(json, value);
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    public static RestValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => RestValue.Map(json.EnumerateObject().Select(p => (p.Name, Of(p.Value)))),
        JsonValueKind.Array => RestValue.List(json.EnumerateArray().Select(Of)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? number / 1.0000000000000000000000000000m : json.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => RestValue.Null,
    };

    /// <summary>Stored JSON text; null when there is none.</summary>
    public static RestValue Of(string? text)
    {
        if (text is null) return RestValue.Null;
        using var document = JsonDocument.Parse(text);
        return Of(document.RootElement);
    }

    private static void Write(Utf8JsonWriter json, RestValue value)
    {
        switch (value)
        {
            case RestText text: json.WriteStringValue(text.Text); break;
            case RestNumber number: json.WriteNumberValue(number.Number); break;
            case RestBool flag: json.WriteBooleanValue(flag.Flag); break;
            case RestMap map when map.Count == 0 || !map.IsArrayLike: WriteObject(json, map); break;
            case RestMap or RestList: WriteArray(json, value); break;
            default: json.WriteNullValue(); break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, RestMap map)
    {
        json.WriteStartObject();
        foreach (var (key, value) in map)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, RestValue list)
    {
        json.WriteStartArray();
        foreach (var (_, value) in list.Entries) Write(json, value);
        json.WriteEndArray();
    }
}
