using System.Globalization;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>Values from the wire, lenient in form and strict in meaning: what does not fit the field is refused, never guessed.</summary>
internal sealed class RestValueReader(RestFormat format)
{
    /// <summary>The value of a field, or false when the input does not fit it.</summary>
    public bool TryRead(IRestField field, RestValue input, out Value value)
    {
        value = Value.Null;
        if (!field.Multiple) return !input.IsContainer && TryReadOne(field, input, out value);
        if (input.IsEmpty) return Took(Value.Of(Enumerable.Empty<Value>()), out value);
        if (!input.IsContainer) return false;
        var items = new List<Value>();
        foreach (var (_, entry) in input.Entries)
        {
            if (entry.IsContainer || !TryReadOne(field, entry, out var item)) return false;
            if (!item.IsEmpty) items.Add(item);
        }

        return Took(Value.Of(items), out value);
    }

    /// <summary>One value, without regard to whether the field has several; filters use it for each operand.</summary>
    public bool TryReadOne(IRestField field, RestValue input, out Value value)
    {
        value = Value.Null;
        if (input.IsContainer) return false;
        if (input.IsEmpty) return true;
        return field.Kind switch
        {
            RestFieldKind.Flag => RestArguments.TryFlag(input, out var flag) && Took(Value.Of(flag), out value),
            RestFieldKind.Whole => RestArguments.TryWhole(input, out var whole) && Took(Value.Of((decimal)whole), out value),
            RestFieldKind.Option => IsOption(field, input.Text!) && Took(Value.Of(input.Text), out value),
            RestFieldKind.Number or RestFieldKind.Amount => TryNumber(input, out var number) && Took(Value.Of(number), out value),
            RestFieldKind.Money => TryMoney(input.Text!, out value),
            RestFieldKind.Date => TryDay(input.Text!, out value),
            RestFieldKind.Instant => TryInstant(input.Text!, out value),
            RestFieldKind.User => TryUser(input, out value),
            RestFieldKind.Item => TryItem(field, input, out value),
            RestFieldKind.Binding => ItemCodes.TryRead(input.Text!, out var item) && Took(item, out value),
            _ => Took(Value.Of(input.Text), out value),
        };
    }

    private static bool Took(Value read, out Value value)
    {
        value = read;
        return true;
    }

    private static bool IsOption(IRestField field, string id) => field.Options.Any(o => o.Id == id);

    private static bool TryNumber(RestValue input, out decimal number)
    {
        number = (input as RestNumber)?.Number ?? 0;
        return input is RestNumber || (input is RestText && decimal.TryParse(input.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));
    }

    private static bool TryMoney(string text, out Value value)
    {
        value = Value.Null;
        var split = text.IndexOf('|', StringComparison.Ordinal);
        if (split < 0 || text.Length - split != 4 || !text.AsSpan(split + 1).ContainsOnlyLetters()) return false;
        return decimal.TryParse(text.AsSpan(0, split), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            && Took(new MoneyValue(amount, text[(split + 1)..].ToUpperInvariant()), out value);
    }

    private bool TryDay(string text, out Value value)
    {
        value = Value.Null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day.Year > 1 && Took(Value.Of(day), out value);
        // A moment means the day it falls on here; what we wrote as midnight comes back as the same day.
        return WireDates.TryParse(text, format.Zone, out var at) && Took(Value.Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, format.Zone).DateTime)), out value);
    }

    private bool TryInstant(string text, out Value value)
    {
        value = Value.Null;
        return WireDates.TryParse(text, format.Zone, out var at) && Took(Value.Of(at), out value);
    }

    // 0 is how clients say nobody and nothing.
    private static bool TryUser(RestValue input, out Value value)
    {
        value = Value.Null;
        var text = input.Text!;
        var id = text.StartsWith("user_", StringComparison.OrdinalIgnoreCase) ? RestValue.Of(text[5..]) : input;
        return RestArguments.TryWhole(id, out var user) && user >= 0 && Took(user == 0 ? Value.Null : new UserValue(user), out value);
    }

    private static bool TryItem(IRestField field, RestValue input, out Value value)
    {
        value = Value.Null;
        if (RestArguments.TryWhole(input, out var id))
            return id >= 0 && field.ItemType is { } type && Took(id == 0 ? Value.Null : new ItemValue(type, id), out value);
        return ItemCodes.TryRead(input.Text!, out var item) && item.TypeId == field.ItemType && Took(item, out value);
    }
}

internal static class CharSpans
{
    public static bool ContainsOnlyLetters(this ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (!char.IsAsciiLetter(sign)) return false;
        }

        return true;
    }
}
