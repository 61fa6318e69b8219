using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>Where a field's values are in SQL: an expression of <see cref="Kind"/>, or the elements of a jsonb array.</summary>
internal sealed record FieldSql(Field Field, OperandKind Kind, string Expression, bool Many)
{
    /// <summary>Of an element, for fields with several values.</summary>
    private const string Element = "e.v";

    /// <summary>The jsonb that holds several values, an empty array when there are none.</summary>
    public string Elements => $"jsonb_array_elements(case jsonb_typeof({Json}) when 'array' then {Json} else '[]'::jsonb end) as e(v)";

    public string Json { get; private init; } = "";

    /// <summary>The expression in column form: never null for required columns, so that indexes serve the order.</summary>
    public bool NeverNull => Field.Storage == FieldStorage.Column && Field.Code is FieldCodes.Id or FieldCodes.Title or FieldCodes.Responsible or FieldCodes.CreatedAt or FieldCodes.UpdatedAt;

    /// <summary>Throws for a field that the type does not have.</summary>
    public static FieldSql Of(ItemType type, string code, string alias = "i")
    {
        var field = type.Fields.Find(code) ?? throw new RuleBrokenException("field.unknown", $"There is no field {code}.", code);
        var kind = Operands.KindOf(field);
        if (field is { Storage: FieldStorage.Column, Column: { } column })
            return new(field, kind, column == "semantics" ? $"{alias}.semantics::text" : $"{alias}.{column}", Many: false);

        var json = $"{alias}.data->{Literal(field.Code)}";
        var many = field.Multiple || field.Kind == FieldKind.ContactPoints;
        return new(field, kind, Scalar(many ? Element : json, field, kind), many) { Json = json };
    }

    private static string Scalar(string json, Field field, OperandKind kind) => kind switch
    {
        _ when field.Kind == FieldKind.ContactPoints => $"({json}->>'text')",
        // A value of another shape, left from a field that has changed, is no value; it must not break the list.
        OperandKind.Number when field.Kind == FieldKind.Money => $"(case jsonb_typeof({json}->'amount') when 'number' then ({json}->>'amount')::numeric end)",
        OperandKind.Number or OperandKind.Whole => $"(case jsonb_typeof({json}) when 'number' then ({json} #>> '{{}}')::numeric end)",
        OperandKind.Flag => $"coalesce({json} = 'true'::jsonb, false)",
        // Fixed width makes their text order the order in time.
        OperandKind.Day or OperandKind.Instant => $"(({json} #>> '{{}}') collate \"C\")",
        _ => $"({json} #>> '{{}}')",
    };

    // Codes of fields are made by administrators at most, never by callers of a query; still nothing but a plain name becomes SQL.
    private static string Literal(string code) =>
        code.Length is > 0 and <= 64 && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? $"'{code}'"
        : throw new RuleBrokenException("field.unknown", $"The field {code} cannot be searched.", code);
}
