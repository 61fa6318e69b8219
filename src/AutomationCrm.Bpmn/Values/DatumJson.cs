using System.Collections.Immutable;
using System.Text.Json;

namespace AutomationCrm.Bpmn.Values;

/// <summary>
/// Values as JSON. A typed scalar is <c>{"$type":"date","$value":"2026-01-31"}</c>; keys of maps that begin with $ get one more.
/// </summary>
public static class DatumJson
{
    private const int MaxDepth = 32;

    public static void Write(Utf8JsonWriter json, Datum value)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (value)
        {
            case NullDatum:
                json.WriteNullValue();
                break;
            case BoolDatum flag:
                json.WriteBooleanValue(flag.Flag);
                break;
            case NumberDatum number:
                json.WriteNumberValue(number.Number);
                break;
            case TextDatum text:
                json.WriteStringValue(text.Text);
                break;
            case TypedDatum typed:
                json.WriteStartObject();
                json.WriteString("$type", typed.Type);
                json.WriteString("$value", typed.Text);
                json.WriteEndObject();
                break;
            case ListDatum list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case MapDatum map:
                json.WriteStartObject();
                foreach (var (key, item) in map.Entries)
                {
                    json.WritePropertyName(key.StartsWith('$') ? "$" + key : key);
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
        }
    }

    public static void Write(Utf8JsonWriter json, VariableSet variables)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(variables);
        json.WriteStartObject();
        foreach (ref readonly var entry in variables.AsSpan())
        {
            json.WritePropertyName(entry.Key);
            Write(json, entry.Value);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the value the reader stands on. Throws <see cref="JsonException"/>.</summary>
    public static Datum Read(ref Utf8JsonReader json) => Read(ref json, 0);

    public static Datum Parse(string text)
    {
        var json = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
        json.Read();
        return Read(ref json);
    }

    public static VariableSet ReadSet(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("Variables have to be an object.");
        var set = VariableSet.Empty;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            set = set.With(name, Read(ref json));
        }

        return set;
    }

    private static Datum Read(ref Utf8JsonReader json, int depth)
    {
        if (depth > MaxDepth) throw new JsonException($"A value is nested deeper than {MaxDepth} levels.");
        switch (json.TokenType)
        {
            case JsonTokenType.True:
                return Datum.True;
            case JsonTokenType.False:
                return Datum.False;
            case JsonTokenType.Null:
                return Datum.Null;
            case JsonTokenType.String:
                return Datum.Of(json.GetString());
            case JsonTokenType.Number:
                return json.TryGetInt32(out var small) ? Datum.Of(small)
                    : json.TryGetDecimal(out var number) ? Datum.Of(number)
                    : throw new JsonException("A number is too large.");
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<Datum>();
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Read(ref json, depth + 1));
                return new ListDatum(items.DrainToImmutable());
            case JsonTokenType.StartObject:
                return ReadMap(ref json, depth);
            default:
                throw new JsonException($"{json.TokenType} is no value.");
        }
    }

    private static Datum ReadMap(ref Utf8JsonReader json, int depth)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, Datum>(StringComparer.Ordinal);
        string? type = null;
        string? text = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            if (key == "$type") type = json.GetString();
            else if (key == "$value") text = json.GetString();
            else entries[key.StartsWith("$$", StringComparison.Ordinal) ? key[1..] : key] = Read(ref json, depth + 1);
        }

        return type is not null ? new TypedDatum(type, text ?? "") : new MapDatum(entries.ToImmutable());
    }
}
