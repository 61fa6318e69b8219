using System.Globalization;

namespace AutomationCrm.Expressions.Values;

/// <summary>
/// The one place where values become text. Plain is what stands inside a text without a modifier, printable is for people:
/// <list type="bullet">
/// <item>null: nothing; yes/no: Y or N, printable the word</item>
/// <item>number: the culture's decimal separator; printable with grouping</item>
/// <item>date, moment: the culture's short forms, the moment in the zone asked for, seconds only when there are any</item>
/// <item>money: amount with at least two decimals, a space, the currency; printable with grouping</item>
/// <item>person: user_7, item: D_15; printable and friendly by the host's names</item>
/// <item>list: the parts joined by a comma and a space</item>
/// </list>
/// </summary>
public static class ValueText
{
    // Lists come from anywhere; deeper ones than any formula can make are cut, so that they cannot exhaust the stack.
    private const int DeepestList = Budget.DeepestNesting;

    public const string ListSeparator = ", ";

    public static string Plain(Value value, EvaluationContext context) => Plain(value, context, context.TimeZone);

    public static string Plain(Value value, EvaluationContext context, TimeZoneInfo zone) => Plain(value, context, zone, 0);

    private static string Plain(Value value, EvaluationContext context, TimeZoneInfo zone, int depth) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => Number(number.Number, context.Culture, grouped: false),
        NullValue => "",
        BoolValue flag => flag.Flag ? "Y" : "N",
        DateValue date => date.Day.ToString("d", context.Culture),
        InstantValue instant => Moment(instant.At, context.Culture, zone),
        MoneyValue money => Money(money, context.Culture, grouped: false),
        UserValue user => string.Create(CultureInfo.InvariantCulture, $"user_{user.Id}"),
        ItemValue item => ItemCodes.Write(item),
        ContactPointValue point => point.Text,
        ListValue when depth == DeepestList => "…",
        ListValue list => string.Join(ListSeparator, list.Items.Select(item => Plain(item, context, zone, depth + 1))),
        _ => "",
    };

    /// <summary>The form for people; <paramref name="path"/> tells the host which field's labels to use.</summary>
    public static string Printable(Value value, EvaluationContext context, string? path = null, string form = "printable") =>
        Printable(value, context, context.TimeZone, path, form, 0);

    private static string Printable(Value value, EvaluationContext context, TimeZoneInfo zone, string? path, string form, int depth) => value switch
    {
        ListValue when depth == DeepestList => "…",
        ListValue list => string.Join(ListSeparator, list.Items.Select(item => Printable(item, context, zone, path, form, depth + 1))),
        _ when context.Facts.Show(path, value, form) is { } shown => shown,
        BoolValue flag => Words(context.Culture, flag.Flag),
        NumberValue number => Number(number.Number, context.Culture, grouped: true),
        MoneyValue money => Money(money, context.Culture, grouped: true),
        _ => Plain(value, context, zone),
    };

    private static string Words(CultureInfo culture, bool flag) => (culture.TwoLetterISOLanguageName, flag) switch
    {
        ("ru", true) => "да",
        ("ru", false) => "нет",
        (_, true) => "yes",
        _ => "no",
    };

    private static string Number(decimal number, CultureInfo culture, bool grouped) =>
        (number == 0 ? 0m : number).ToString(grouped ? "#,0.############################" : "0.############################", culture);

    private static string Money(MoneyValue money, CultureInfo culture, bool grouped) =>
        $"{money.Amount.ToString(grouped ? "#,0.00##########" : "0.00##########", culture)} {money.Currency}";

    private static string Moment(DateTimeOffset at, CultureInfo culture, TimeZoneInfo zone)
    {
        var local = Zones.ToLocal(at, zone);
        return local.ToString(local.Second == 0 ? "g" : "G", culture);
    }
}
