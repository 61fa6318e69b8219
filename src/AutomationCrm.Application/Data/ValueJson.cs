using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Data;

/// <summary>
/// Values as JSON in the database: numbers as numbers, dates <c>yyyy-MM-dd</c>, instants UTC in fixed width, so that expression
/// indexes are immutable (contract C4). The field says how to read it back.
/// </summary>
public static class ValueJson
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case BoolValue v: json.WriteBooleanValue(v.Flag); break;
            case NumberValue v: json.WriteNumberValue(v.Number); break;
            case TextValue v: json.WriteStringValue(v.Text); break;
            case DateValue v: json.WriteStringValue(v.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case InstantValue v: json.WriteStringValue(Text(v.At)); break;
            case UserValue v: json.WriteNumberValue(v.Id); break;
            case ItemValue v: json.WriteNumberValue(v.Id); break;
            case MoneyValue v:
                json.WriteStartObject();
                json.WriteNumber("amount", v.Amount);
                json.WriteString("currency", v.Currency);
                json.WriteEndObject();
                break;
            case ContactPointValue v:
                json.WriteStartObject();
                json.WriteNumber("id", v.Id);
                json.WriteString("type", v.Type);
                json.WriteString("text", v.Text);
                json.WriteEndObject();
                break;
            case ListValue v:
                json.WriteStartArray();
                foreach (var item in v.Items) Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteNullValue(); break;
        }
    }

    public static JsonNode? ToNode(Value value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) Write(json, value);
        return JsonNode.Parse(buffer.ToArray());
    }

    /// <summary>Reads what was written for a field; a value of another shape is null, never an exception.</summary>
    public static Value Read(JsonElement json, Field field)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return new ListValue(json.EnumerateArray().Select(e => ReadOne(e, field)).ToImmutableArray());
        return ReadOne(json, field);
    }

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static Value ReadOne(JsonElement json, Field field) => (json.ValueKind, field.Kind) switch
    {
        (JsonValueKind.True, _) => Value.True,
        (JsonValueKind.False, _) => Value.False,
        (JsonValueKind.Number, FieldKind.User) => new UserValue(json.GetInt64()),
        (JsonValueKind.Number, FieldKind.Item) => new ItemValue(field.TargetType ?? 0, json.GetInt64()),
        (JsonValueKind.Number, _) => Value.Of(json.GetDecimal()),
        (JsonValueKind.String, FieldKind.Date) => DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Value.Of(day) : Value.Null,
        (JsonValueKind.String, FieldKind.Instant) => json.TryGetDateTimeOffset(out var at) ? Value.Of(at) : Value.Null,
        (JsonValueKind.String, _) => Value.Of(json.GetString()),
        (JsonValueKind.Object, FieldKind.ContactPoints) => new ContactPointValue(json.GetProperty("id").GetInt64(), json.GetProperty("type").GetString()!, json.GetProperty("text").GetString()!),
        (JsonValueKind.Object, FieldKind.Money) => new MoneyValue(json.GetProperty("amount").GetDecimal(), json.GetProperty("currency").GetString()!),
        _ => Value.Null,
    };
}
