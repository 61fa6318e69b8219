using System.Text;
using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>An item as a row and back; the order of <see cref="Select"/> is the order in which <see cref="Read"/> reads.</summary>
internal static class ItemColumns
{
    public const string Select = """
        i.type_id, i.id, i.version, i.title, i.pipeline_id, i.stage_id, i.semantics::text, i.closed, i.responsible_id, i.opened,
        i.company_id, i.contact_id, i.amount, i.currency, i.amount_base, i.begin_date, i.close_date,
        i.created_at, i.created_by, i.updated_at, i.updated_by, i.moved_at, i.moved_by, i.data
        """;

    public static Item Read(NpgsqlDataReader row, ItemType type)
    {
        var values = new Dictionary<string, Value>(32)
        {
            [FieldCodes.Title] = Value.Of(row.GetString(3)),
            [FieldCodes.Responsible] = new UserValue(row.GetInt64(8)),
            [FieldCodes.Opened] = Value.Of(row.GetBoolean(9)),
            [FieldCodes.CreatedAt] = Instant(row, 17),
            [FieldCodes.CreatedBy] = new UserValue(row.GetInt64(18)),
            [FieldCodes.UpdatedAt] = Instant(row, 19),
            [FieldCodes.UpdatedBy] = new UserValue(row.GetInt64(20)),
        };
        if (type.HasStages)
        {
            values[FieldCodes.Pipeline] = Value.Of((decimal)row.GetInt32(4));
            values[FieldCodes.Stage] = Value.Of(row.GetString(5));
            values[FieldCodes.Semantics] = Value.Of(row.GetString(6));
            values[FieldCodes.Closed] = Value.Of(row.GetBoolean(7));
            if (!row.IsDBNull(21)) values[FieldCodes.MovedAt] = Instant(row, 21);
            if (!row.IsDBNull(22)) values[FieldCodes.MovedBy] = new UserValue(row.GetInt64(22));
        }

        if (!row.IsDBNull(10)) values[FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, row.GetInt64(10));
        if (!row.IsDBNull(11)) values[FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, row.GetInt64(11));
        if (!row.IsDBNull(12)) values[FieldCodes.Amount] = Value.Of(row.GetDecimal(12));
        if (!row.IsDBNull(13)) values[FieldCodes.Currency] = Value.Of(row.GetString(13));
        if (!row.IsDBNull(14)) values[FieldCodes.AmountBase] = Value.Of(row.GetDecimal(14));
        if (!row.IsDBNull(15)) values[FieldCodes.BeginDate] = Value.Of(row.GetFieldValue<DateOnly>(15));
        if (!row.IsDBNull(16)) values[FieldCodes.CloseDate] = Value.Of(row.GetFieldValue<DateOnly>(16));
        ReadData(row.GetFieldValue<byte[]>(23), type, values);
        return Item.Stored(type, row.GetInt64(1), row.GetInt64(2), values);
    }

    /// <summary>The fields that have no column, as JSON.</summary>
    public static string Data(Item item)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (code, value) in item.Values)
            {
                if (value.IsEmpty || item.Type.Fields.Find(code) is not { Storage: FieldStorage.Json }) continue;
                json.WritePropertyName(code);
                ValueJson.Write(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>What global search looks at, in lower case; digits of phone numbers without their decoration.</summary>
    public static string Search(Item item)
    {
        var words = new StringBuilder();
        words.Append(item.Title.ToLowerInvariant());
        foreach (var code in (ReadOnlySpan<string>)[FieldCodes.Name, FieldCodes.LastName, "COMPANY_TITLE", "ACCOUNT_NUMBER", "QUOTE_NUMBER"])
            if (item.Text(code) is { Length: > 0 } text) words.Append(' ').Append(text.ToLowerInvariant());
        foreach (var code in (ReadOnlySpan<string>)[FieldCodes.Phone, FieldCodes.Email])
        {
            if (item[code] is not ListValue points) continue;
            foreach (var point in points.Items.OfType<ContactPointValue>())
                words.Append(' ').Append(code == FieldCodes.Phone ? Digits(point.Text) : point.Text.ToLowerInvariant());
        }

        return words.ToString();
    }

    internal static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static Value Instant(NpgsqlDataReader row, int column) => Value.Of(row.GetFieldValue<DateTimeOffset>(column));

    private static void ReadData(ReadOnlyMemory<byte> data, ItemType type, Dictionary<string, Value> values)
    {
        if (data.Length <= 2) return;

        using var json = JsonDocument.Parse(data);
        foreach (var property in json.RootElement.EnumerateObject())
            if (type.Fields.Find(property.Name) is { } field) values[field.Code] = ValueJson.Read(property.Value, field);
    }
}
