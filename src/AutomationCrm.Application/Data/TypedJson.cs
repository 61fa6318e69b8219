using System.Text.Json;
using System.Text.Json.Serialization;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Data;

/// <summary>
/// Values that no field describes, as JSON that says its own kind: <c>{"kind":"Date","value":"2026-03-31"}</c>, for an item with its
/// type. Variables of runs, global values and deleted items are kept so.
/// </summary>
public static class TypedJson
{
    public static string Write(Value value)
    {
        using var buffer = new MemoryStream(64);
        using (var json = new Utf8JsonWriter(buffer)) Write(json, value);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static void Write(Utf8JsonWriter json, Value value)
    {
        ArgumentNullException.ThrowIfNull(json);
        var first = value is ListValue { Items: [var item, ..] } ? item : value;
        json.WriteStartObject();
        json.WriteString("kind", KindOf(first).ToString());
        if (first is ItemValue { TypeId: var type }) json.WriteNumber("type", type);
        json.WritePropertyName("value");
        ValueJson.Write(json, value);
        json.WriteEndObject();
    }

    public static string Write(IReadOnlyDictionary<string, Value> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in values)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static Value Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>What was written; anything else is no value, never an exception.</summary>
    public static Value Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("kind", out var name) || !json.TryGetProperty("value", out var value)) return Value.Null;
        if (!Enum.TryParse<FieldKind>(name.GetString(), out var kind)) return Value.Null;

        int? type = json.TryGetProperty("type", out var target) ? target.GetInt32() : null;
        return ValueJson.Read(value, new Field("V", "V", "v", kind) { TargetType = type });
    }

    public static Dictionary<string, Value> ReadMap(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The kind of field that holds such a value.</summary>
    public static FieldKind KindOf(Value value) => value switch
    {
        BoolValue => FieldKind.Boolean,
        NumberValue => FieldKind.Number,
        DateValue => FieldKind.Date,
        InstantValue => FieldKind.Instant,
        UserValue => FieldKind.User,
        ItemValue => FieldKind.Item,
        MoneyValue => FieldKind.Money,
        ContactPointValue => FieldKind.ContactPoints,
        ListValue { Items: [var first, ..] } => KindOf(first),
        _ => FieldKind.Text,
    };
}

/// <summary>Lets settings records with typed values travel as JSON.</summary>
public sealed class TypedValueConverter : JsonConverter<Value>
{
    public override bool HandleNull => true;

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return TypedJson.Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => TypedJson.Write(writer, value);
}
