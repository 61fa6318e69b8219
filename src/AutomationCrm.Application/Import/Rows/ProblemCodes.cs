namespace AutomationCrm.Application.Import.Rows;

/// <summary>Kinds of dirty rows, stable and machine readable.</summary>
public static class ProblemCodes
{
    public const string ColumnIgnored = "column.ignored";
    public const string RowExists = "row.exists";
    public const string RowColumns = "row.columns";
    public const string KeyMissing = "key.missing";
    public const string Corrected = "value.corrected";
    public const string Empty = "value.empty";
    public const string Type = "value.type";
    public const string Negative = "value.negative";
    public const string Range = "value.range";
    public const string Length = "value.length";
    public const string Control = "value.control";
    public const string Formula = "value.formula";
    public const string DateOrder = "date.order";
    public const string DateMissing = "date.missing";
    public const string ReferenceUnknown = "reference.unknown";
    public const string ReferenceCycle = "reference.cycle";
    public const string PersonUnknown = "person.unknown";
    public const string ProductUnknown = "product.unknown";
    public const string StageUnknown = "stage.unknown";
    public const string CurrencyUnknown = "currency.unknown";

    public static IReadOnlyList<string> All { get; } =
    [
        KeyMissing, RowExists, RowColumns, ColumnIgnored, Corrected, Empty, Type, Negative, Range, Length, Control, Formula, DateMissing, DateOrder,
        ReferenceUnknown, ReferenceCycle, PersonUnknown, ProductUnknown, StageUnknown, CurrencyUnknown,
    ];
}
