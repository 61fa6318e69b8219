using System.Globalization;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>What SQL compares a field with.</summary>
internal enum OperandKind
{
    Text,
    Whole,
    Number,
    Flag,
    Day,
    Instant,
}

/// <summary>Values as parameters of the type that a field's expression has; a value that does not fit is refused by name.</summary>
internal static class Operands
{
    public static OperandKind KindOf(Field field) => field.Kind switch
    {
        FieldKind.Integer or FieldKind.Pipeline or FieldKind.User or FieldKind.Item => OperandKind.Whole,
        FieldKind.Number or FieldKind.Money => OperandKind.Number,
        FieldKind.Boolean => OperandKind.Flag,
        FieldKind.Date => OperandKind.Day,
        FieldKind.Instant => OperandKind.Instant,
        _ => OperandKind.Text,
    };

    /// <summary>One operand, as a place holder.</summary>
    public static string One(SqlParameters parameters, FieldSql field, Value value) => (field.Kind, field.Field.Storage) switch
    {
        (OperandKind.Whole, FieldStorage.Column) => parameters.Number(Whole(field.Field, value)),
        (OperandKind.Whole, _) => parameters.Add((decimal)Whole(field.Field, value), NpgsqlDbType.Numeric),
        (OperandKind.Number, _) => parameters.Add(Number(field.Field, value), NpgsqlDbType.Numeric),
        (OperandKind.Flag, _) => parameters.Add(Flag(field.Field, value), NpgsqlDbType.Boolean),
        (OperandKind.Day, FieldStorage.Column) => parameters.Add(Day(field.Field, value), NpgsqlDbType.Date),
        (OperandKind.Instant, FieldStorage.Column) => parameters.Add(At(field.Field, value).UtcDateTime, NpgsqlDbType.TimestampTz),
        _ => parameters.Text(Text(field, value)),
    };

    /// <summary>Several operands as one array.</summary>
    public static string Many(SqlParameters parameters, FieldSql field, IEnumerable<Value> values) => (field.Kind, field.Field.Storage) switch
    {
        (OperandKind.Whole, FieldStorage.Column) => parameters.Add(values.Select(v => Whole(field.Field, v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
        (OperandKind.Whole, _) => parameters.Add(values.Select(v => (decimal)Whole(field.Field, v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Numeric),
        (OperandKind.Number, _) => parameters.Add(values.Select(v => Number(field.Field, v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Numeric),
        (OperandKind.Flag, _) => parameters.Add(values.Select(v => Flag(field.Field, v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean),
        (OperandKind.Day, FieldStorage.Column) => parameters.Add(values.Select(v => Day(field.Field, v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date),
        (OperandKind.Instant, FieldStorage.Column) => parameters.Add(values.Select(v => At(field.Field, v).UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz),
        _ => parameters.Add(values.Select(v => Text(field, v)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
    };

    /// <summary>The text as a person wrote it, for patterns.</summary>
    public static string Pattern(Field field, Value value) => value switch
    {
        TextValue text => Clean(field, text.Text),
        NumberValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        ContactPointValue point => Clean(field, point.Text),
        _ => throw Wrong(field),
    };

    private static string Text(FieldSql field, Value value) => field.Kind switch
    {
        OperandKind.Day => Day(field.Field, value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        OperandKind.Instant => ValueJson.Text(At(field.Field, value)),
        _ => value is BoolValue flag ? flag.Flag ? "Y" : "N" : Pattern(field.Field, value),
    };

    private static long Whole(Field field, Value value) => value switch
    {
        NumberValue { Number: > long.MinValue and < long.MaxValue } number when decimal.Truncate(number.Number) == number.Number => (long)number.Number,
        UserValue user => user.Id,
        ItemValue item => item.Id,
        TextValue text when long.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => throw Wrong(field),
    };

    private static decimal Number(Field field, Value value) => value switch
    {
        NumberValue number => number.Number,
        MoneyValue money => money.Amount,
        TextValue text when decimal.TryParse(text.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => throw Wrong(field),
    };

    private static bool Flag(Field field, Value value) => value switch
    {
        BoolValue flag => flag.Flag,
        NumberValue number => number.Number != 0,
        TextValue { Text: "Y" or "1" or "true" } => true,
        TextValue { Text: "N" or "0" or "false" } => false,
        _ => throw Wrong(field),
    };

    private static DateOnly Day(Field field, Value value) => value switch
    {
        DateValue day => day.Day,
        InstantValue at => DateOnly.FromDateTime(at.At.UtcDateTime),
        _ => throw Wrong(field),
    };

    private static DateTimeOffset At(Field field, Value value) => value switch
    {
        InstantValue at => at.At,
        DateValue day => new(day.Day, default, TimeSpan.Zero),
        _ => throw Wrong(field),
    };

    // PostgreSQL's text has no NUL.
    private static string Clean(Field field, string text) => text.Contains('\0', StringComparison.Ordinal) ? throw Wrong(field) : text;

    private static RuleBrokenException Wrong(Field field) => new("filter.value", $"The field {field.Code} cannot be compared with this value.", field.Code);
}
