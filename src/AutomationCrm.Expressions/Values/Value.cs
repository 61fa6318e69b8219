using System.Collections.Immutable;

namespace AutomationCrm.Expressions.Values;

/// <summary>
/// A typed value of an item field, a robot setting, a process variable or an expression (contract C6).
/// Closed set; equality is by content. A missing value is <see cref="Null"/>, an unknown reference is no value at all
/// (<see cref="IValueSource.Get"/> answers <c>null</c>).
/// </summary>
public abstract record Value
{
    private protected Value()
    {
    }

    public static Value Null { get; } = new NullValue();

    public static Value True { get; } = new BoolValue(true);

    public static Value False { get; } = new BoolValue(false);

    /// <summary>Whether there is nothing in it: null, the empty text, the empty list.</summary>
    public virtual bool IsEmpty => false;

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(decimal value) => new NumberValue(value);

    public static Value Of(string? value) => value is null ? Null : new TextValue(value);

    public static Value Of(DateOnly value) => new DateValue(value);

    public static Value Of(DateTimeOffset value) => new InstantValue(value.ToUniversalTime());

    public static Value Of(IEnumerable<Value> values) => new ListValue([.. values]);
}

public sealed record NullValue : Value
{
    internal NullValue()
    {
    }

    public override bool IsEmpty => true;
}

public sealed record BoolValue(bool Flag) : Value;

public sealed record NumberValue(decimal Number) : Value;

public sealed record TextValue(string Text) : Value
{
    public override bool IsEmpty => Text.Length == 0;
}

/// <summary>A calendar day without a time and a zone.</summary>
public sealed record DateValue(DateOnly Day) : Value;

/// <summary>A moment in UTC; shown in a person's zone, stored with microseconds.</summary>
public sealed record InstantValue(DateTimeOffset At) : Value;

/// <summary>An amount and its ISO 4217 currency, for example 100.50 and EUR.</summary>
public sealed record MoneyValue(decimal Amount, string Currency) : Value;

/// <summary>A person of the portal; Bitrix24 writes <c>user_7</c>.</summary>
public sealed record UserValue(long Id) : Value;

/// <summary>A reference to an item: Bitrix24 entity type id and item id, for example (2, 15) for <c>D_15</c>.</summary>
public sealed record ItemValue(int TypeId, long Id) : Value;

public sealed record ListValue(ImmutableArray<Value> Items) : Value
{
    public override bool IsEmpty => Items.IsDefaultOrEmpty;

    public bool Equals(ListValue? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items) hash.Add(item);
        return hash.ToHashCode();
    }
}

/// <summary>A phone number, e-mail or web address with its type, for example WORK; Bitrix24's multi-field row. As text it is its <paramref name="Text"/>.</summary>
/// <param name="Id">Stable within the item, 0 before it is saved.</param>
public sealed record ContactPointValue(long Id, string Type, string Text) : Value
{
    public override bool IsEmpty => Text.Length == 0;
}
