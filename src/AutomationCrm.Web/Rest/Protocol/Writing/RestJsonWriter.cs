using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Writing;

/// <summary>Writes a tree as JSON by PHP's array rule: a map with keys 0..n-1, the empty one included, is an array.</summary>
internal static class RestJsonWriter
{
    // Answers are never part of a page: they are application/json with nosniff, so plus signs and letters stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(RestValue value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(writer, value);
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, RestValue value)
    {
        switch (value)
        {
            case RestText text: json.WriteStringValue(text.Text); break;
            case RestNumber number: json.WriteNumberValue(number.Number); break;
            case RestBool flag: json.WriteBooleanValue(flag.Flag); break;
            case RestList list: WriteArray(json, list.Items); break;
            case RestMap { IsArrayLike: true } map: WriteArray(json, map.Select(e => e.Value)); break;
            case RestMap map: WriteObject(json, map); break;
            default: json.WriteNullValue(); break;
        }
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable<RestValue> items)
    {
        json.WriteStartArray();
        foreach (var item in items) Write(json, item);
        json.WriteEndArray();
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
}
