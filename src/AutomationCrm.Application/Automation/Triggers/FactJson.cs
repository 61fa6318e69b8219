using System.Text;
using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Facts of an event as JSON and back; kinds that JSON does not have are marked: <c>{"$user":12}</c>, <c>{"$at":"…"}</c>, <c>{"$day":"…"}</c>.</summary>
internal static class FactJson
{
    public static string Write(IReadOnlyDictionary<string, Value> facts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in facts)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static Dictionary<string, Value> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    public static Dictionary<string, Value> Read(JsonElement facts) => facts.EnumerateObject().ToDictionary(p => p.Name, p => ReadOne(p.Value), StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter json, Value value)
    {
        var mark = value switch { UserValue => "$user", InstantValue => "$at", DateValue => "$day", _ => null };
        if (mark is null)
        {
            ValueJson.Write(json, value);
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName(mark);
        ValueJson.Write(json, value);
        json.WriteEndObject();
    }

    private static Value ReadOne(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => Value.Of(json.GetDecimal()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.String => Value.Of(json.GetString()),
        JsonValueKind.Array => Value.Of(json.EnumerateArray().Select(ReadOne)),
        JsonValueKind.Object when json.TryGetProperty("$user", out var user) => new UserValue(user.GetInt64()),
        JsonValueKind.Object when json.TryGetProperty("$at", out var at) => Value.Of(at.GetDateTimeOffset()),
        JsonValueKind.Object when json.TryGetProperty("$day", out var day) => Value.Of(DateOnly.Parse(day.GetString()!, System.Globalization.CultureInfo.InvariantCulture)),
        JsonValueKind.Object when json.TryGetProperty("amount", out var amount) && json.TryGetProperty("currency", out var currency) => new MoneyValue(amount.GetDecimal(), currency.GetString()!),
        _ => Value.Null,
    };
}
