using System.Globalization;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Import.Rows;

/// <summary>Turns a cell into the value of a field; what does not fit is reported and becomes the nearest thing that does, or nothing.</summary>
internal static class CellReader
{
    private const decimal MostAmount = 1_000_000_000_000_000m;

    public static Value Read(ImportRow row, ImportColumn column, Field field)
    {
        var text = Correct(row, column, row[column.Header]);
        if (text.Length == 0)
        {
            if (column.Filled) row.Report(column.Header, "", ProblemCodes.Empty, RowNotes.FieldEmpty);
            return Value.Null;
        }

        return (column.WrittenAs ?? field.Kind) switch
        {
            FieldKind.Integer => As(field, Number(row, column, text, whole: true)),
            FieldKind.Number or FieldKind.Money => As(field, Number(row, column, text, whole: false)),
            FieldKind.Date => Date(row, column, text) is { } day ? Value.Of(day) : Value.Null,
            _ => Text(row, column, field, text),
        };
    }

    /// <summary>A day in the column's formats; null and a report when it is not one.</summary>
    public static DateOnly? Date(ImportRow row, ImportColumn column, string text)
    {
        if (DateOnly.TryParseExact(text, [.. column.DateFormats], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200) return day;

        row.Report(column.Header, text, ProblemCodes.Type, RowNotes.NotADate, column.DateFormats[0]);
        return null;
    }

    private static string Correct(ImportRow row, ImportColumn column, string text)
    {
        if (!column.Corrections.TryGetValue(text, out var meant)) return text;

        row.Report(column.Header, text, ProblemCodes.Corrected, RowNotes.ReadAs, meant);
        return meant;
    }

    private static decimal? Number(ImportRow row, ImportColumn column, string text, bool whole)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var number) || (whole && decimal.Truncate(number) != number))
        {
            row.Report(column.Header, text, ProblemCodes.Type, whole ? RowNotes.NotAWholeNumber : RowNotes.NotANumber);
            return null;
        }

        if (column.NotNegative && number < 0)
        {
            row.Report(column.Header, text, ProblemCodes.Negative, RowNotes.IsNegative);
            return null;
        }

        if (Math.Abs(number) < MostAmount / column.Scale) return number * column.Scale;

        row.Report(column.Header, text, ProblemCodes.Range, RowNotes.TooLarge);
        return null;
    }

    private static Value As(Field field, decimal? number) =>
        number is not { } value ? Value.Null
        : field.Kind is FieldKind.Text or FieldKind.LongText ? Value.Of(value.ToString(CultureInfo.InvariantCulture))
        : Value.Of(value);

    private static Value Text(ImportRow row, ImportColumn column, Field field, string text)
    {
        row.ReportFormula(column.Header, text);
        return Value.Of(Fit(row, column.Header, text, field.MaxLength));
    }

    /// <summary>The text as far as there is room for it.</summary>
    public static string Fit(ImportRow row, string header, string text, int most)
    {
        if (text.Length <= most) return text;

        row.Report(header, text, ProblemCodes.Length, RowNotes.CutOff, Shown(most));
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    private static string Shown(int number) => number.ToString(CultureInfo.InvariantCulture);
}
