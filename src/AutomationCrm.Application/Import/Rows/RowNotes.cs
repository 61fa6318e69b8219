namespace AutomationCrm.Application.Import.Rows;

/// <summary>What was done with a dirty value: stable codes, each with a text <c>import.note_…</c> in every language of the pages.</summary>
public static class RowNotes
{
    public const string ColumnNotRead = "column_not_read";
    public const string MoreCells = "more_cells";
    public const string FewerCells = "fewer_cells";
    public const string NulLeftOut = "nul_left_out";
    public const string KeptAsText = "kept_as_text";
    public const string NoKey = "no_key";
    public const string KeyTooLong = "key_too_long";
    public const string ThereAsItem = "there_as_item";
    public const string ThereAsPerson = "there_as_person";
    public const string ThereByRow = "there_by_row";
    public const string ReadAs = "read_as";
    public const string FieldEmpty = "field_empty";
    public const string NotADate = "not_a_date";
    public const string NotANumber = "not_a_number";
    public const string NotAWholeNumber = "not_a_whole_number";
    public const string IsNegative = "is_negative";
    public const string TooLarge = "too_large";
    public const string CutOff = "cut_off";
    public const string ParentCircle = "parent_circle";
    public const string NoSuchParent = "no_such_parent";
    public const string EndsBeforeBegin = "ends_before_begin";
    public const string DayExpected = "day_expected";
    public const string ProductUnnamed = "product_unnamed";
    public const string ProductTwice = "product_twice";
    public const string ProductKept = "product_kept";
    public const string FirstStage = "first_stage";
    public const string NoSuchPerson = "no_such_person";
    public const string NoSeller = "no_seller";
    public const string NoSuchCompany = "no_such_company";
    public const string NoCompany = "no_company";
    public const string CountsAs = "counts_as";
    public const string SellerUnnamed = "seller_unnamed";
    public const string NoOffice = "no_office";
    public const string NoManager = "no_manager";

    /// <summary>Of reports written before notes had codes: the text itself is the argument.</summary>
    public const string AsWritten = "as_written";

    public static IReadOnlyList<string> All { get; } =
    [
        ColumnNotRead, MoreCells, FewerCells, NulLeftOut, KeptAsText, NoKey, KeyTooLong, ThereAsItem, ThereAsPerson,
        ThereByRow, ReadAs, FieldEmpty, NotADate, NotANumber, NotAWholeNumber, IsNegative, TooLarge, CutOff,
        ParentCircle, NoSuchParent, EndsBeforeBegin, DayExpected, ProductUnnamed, ProductTwice, ProductKept, FirstStage, NoSuchPerson,
        NoSeller, NoSuchCompany, NoCompany, CountsAs, SellerUnnamed, NoOffice, NoManager, AsWritten,
    ];
}
