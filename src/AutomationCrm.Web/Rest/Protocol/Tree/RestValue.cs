using System.Globalization;

namespace AutomationCrm.Web.Rest.Protocol.Tree;

/// <summary>
/// What travels over REST in both directions: null, bool, number, text, list, ordered map. Independent of the encoding it came in
/// and of the format it leaves in. A list and a map whose keys are 0..n-1 are the same thing.
/// </summary>
internal abstract class RestValue
{
    private protected RestValue()
    {
    }

    public static RestValue Null { get; } = new RestNull();

    public static RestValue True { get; } = new RestBool(true);

    public static RestValue False { get; } = new RestBool(false);

    /// <summary>Whether it holds other values.</summary>
    public virtual bool IsContainer => false;

    /// <summary>Null, the empty text or a container without entries.</summary>
    public virtual bool IsEmpty => false;

    /// <summary>A scalar as text (true is 1, false is 0); null for null and containers.</summary>
    public virtual string? Text => null;

    /// <summary>Keys and values of a container in order; a list has the keys 0..n-1.</summary>
    public virtual IEnumerable<KeyValuePair<string, RestValue>> Entries => [];

    /// <summary>The entry under a key, or null when there is none.</summary>
    public virtual RestValue? Find(string key) => null;

    public static RestValue Of(string? text) => text is null ? Null : new RestText(text);

    public static RestValue Of(bool flag) => flag ? True : False;

    public static RestValue Of(decimal number) => new RestNumber(number);

    public static RestValue Of(long number) => new RestNumber(number);

    public static RestList List(IEnumerable<RestValue> items) => new([.. items]);

    public static RestMap Map(params IEnumerable<(string Key, RestValue Value)> entries)
    {
        var map = new RestMap();
        foreach (var (key, value) in entries) map[key] = value;
        return map;
    }

    public static implicit operator RestValue(string? text) => Of(text);

    public static implicit operator RestValue(bool flag) => Of(flag);

    public static implicit operator RestValue(int number) => Of((decimal)number);

    public static implicit operator RestValue(long number) => Of(number);

    public static implicit operator RestValue(decimal number) => Of(number);
}

internal sealed class RestNull : RestValue
{
    public override bool IsEmpty => true;
}

internal sealed class RestBool(bool flag) : RestValue
{
    public bool Flag { get; } = flag;

    public override string Text => Flag ? "1" : "0";
}

internal sealed class RestNumber(decimal number) : RestValue
{
    public decimal Number { get; } = number;

    public override string Text => Number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class RestText(string text) : RestValue
{
    public override string Text { get; } = text;

    public override bool IsEmpty => Text.Length == 0;
}
