using System.Globalization;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>Values of the product as the wire wants them: text numbers for classic methods, JSON numbers for item methods.</summary>
internal sealed class ValueWriter(RestDialect dialect, RestFormat format)
{
    private readonly bool _classic = dialect == RestDialect.Classic;

    public RestValue Write(IRestField field, Value value)
    {
        if (field.Multiple) return RestValue.List((value is ListValue list ? list.Items : value.IsEmpty ? [] : [value]).Select(v => WriteOne(field, v)));
        return WriteOne(field, value is ListValue { Items: [var only, ..] } ? only : value);
    }

    /// <summary>A row with the selected fields under the names of the dialect.</summary>
    public RestMap Row(RestFieldSet set, IEnumerable<IRestField> selected, Func<IRestField, Value> read) =>
        RestValue.Map(selected.Select(f => (set.NameOf(f), Write(f, read(f)))));

    private RestValue WriteOne(IRestField field, Value value) => value switch
    {
        NullValue or ListValue => RestValue.Null,
        NumberValue n => Number(field.Kind == RestFieldKind.Amount ? Cents(n.Number) : n.Number),
        MoneyValue m => field.Kind == RestFieldKind.Money ? $"{Invariant(m.Amount)}|{m.Currency}" : Number(Cents(m.Amount)),
        BoolValue b => Flag(field, b.Flag),
        DateValue d => format.Day(d.Day),
        InstantValue i => format.Instant(i.At),
        UserValue u => Number(u.Id),
        ItemValue i => field.Kind == RestFieldKind.Binding ? ItemCodes.Write(i) : Number(i.Id),
        TextValue t when field.Kind == RestFieldKind.Option && !_classic && RestArguments.TryWhole(t.Text, out var option) => Number(option),
        TextValue t => t.Text,
        ContactPointValue p => Row(field, p),
        _ => RestValue.Null,
    };

    private RestMap Row(IRestField field, ContactPointValue point) => _classic
        ? RestValue.Map(("ID", Invariant(point.Id)), ("VALUE_TYPE", point.Type), ("VALUE", point.Text), ("TYPE_ID", field.ClassicName))
        : RestValue.Map(("id", point.Id), ("valueType", point.Type), ("value", point.Text), ("typeId", field.ClassicName));

    private RestValue Flag(IRestField field, bool flag) => (field.Custom && _classic) switch
    {
        true => flag ? "1" : "0",
        false => flag ? "Y" : "N",
    };

    private RestValue Number(decimal number) => _classic ? Invariant(number) : RestValue.Of(Trimmed(number));

    // 100.00 is 100 as a JSON number, but "100.00" as a classic amount.
    private decimal Cents(decimal amount) => _classic ? decimal.Round(amount, 2, MidpointRounding.AwayFromZero) + 0.00m : amount;

    private static decimal Trimmed(decimal number) => number / 1.0000000000000000000000000000m;

    private static string Invariant(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
