using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

internal static class TextFunctions
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int MostDecimals = 28;
    private const int LongestRandom = 10_000;

    public static Function[] All { get; } =
    [
        Function.Of("numberformat", FunctionGroup.Text, 1, 4, ["number", "decimals", "point", "thousands"], NumberFormat),
        Function.Of("substr", FunctionGroup.Text, 2, 3, ["text", "from", "length"], Substr),
        Function.Of("strpos", FunctionGroup.Text, 2, 3, ["text", "part", "offset"], Strpos),
        Function.Of("strlen", FunctionGroup.Text, 1, 1, ["text"], Strlen),
        Function.Of("randstring", FunctionGroup.Text, 0, 1, ["length"], RandString),
        Function.Of("urlencode", FunctionGroup.Text, 1, 1, ["text"], UrlEncode),
        Function.Of("strtolower", FunctionGroup.Text, 1, 1, ["text"], arguments => Map(arguments, text => text.ToLowerInvariant())),
        Function.Of("strtoupper", FunctionGroup.Text, 1, 1, ["text"], arguments => Map(arguments, text => text.ToUpperInvariant())),
        Function.Of("ucwords", FunctionGroup.Text, 1, 1, ["text"], arguments => Map(arguments, text => Characters.Capitalize(text, everyWord: true))),
        Function.Of("ucfirst", FunctionGroup.Text, 1, 1, ["text"], arguments => Map(arguments, text => Characters.Capitalize(text, everyWord: false))),
        Function.Of("trim", FunctionGroup.Text, 1, 1, ["text"], arguments => Map(arguments, text => text.Trim())),
    ];

    private static Value? NumberFormat(Arguments arguments)
    {
        if (arguments.Number(0) is not { } number) return null;
        if (arguments.Whole(1, 0, MostDecimals, otherwise: 0) is not { } decimals) return null;
        if (arguments.Text(2, ".") is not { } point || arguments.Text(3, ",") is not { } thousands) return null;
        var rounded = Math.Round(number, decimals, MidpointRounding.AwayFromZero);
        var digits = Math.Abs(rounded).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var whole = decimals == 0 ? digits : digits[..^(decimals + 1)];
        var groups = (whole.Length - 1) / 3;
        if (!arguments.Run.Grow(digits.Length + 1 + ((long)groups * thousands.Length) + point.Length, arguments.Call)) return null;
        var grouped = string.Join(thousands, Groups(whole, groups));
        return Value.Of($"{(rounded < 0 ? "-" : "")}{grouped}{(decimals == 0 ? "" : point)}{(decimals == 0 ? "" : digits[^decimals..])}");
    }

    private static string[] Groups(string whole, int separators)
    {
        var first = whole.Length - (3 * separators);
        return [whole[..first], .. Enumerable.Range(0, separators).Select(i => whole.Substring(first + (3 * i), 3))];
    }

    private static Value? Substr(Arguments arguments)
    {
        if (arguments.Text(0) is not { } text || !arguments.Work(text.Length)) return null;
        if (arguments.Whole(1, int.MinValue, int.MaxValue) is not { } from) return null;
        int? length = null;
        if (arguments.Has(2) && (length = arguments.Whole(2, int.MinValue, int.MaxValue)) is null) return null;
        var part = Characters.Part(text, from, length);
        return arguments.Run.Grow(part.Length, arguments.Call) ? Value.Of(part.ToString()) : null;
    }

    /// <summary>The number of the character where the part begins, or no (as in PHP).</summary>
    private static Value? Strpos(Arguments arguments)
    {
        if (arguments.Text(0) is not { } text || arguments.Text(1) is not { } part) return null;
        if (arguments.Whole(2, int.MinValue + 1, int.MaxValue, otherwise: 0) is not { } offset) return null;
        // The search may look at every pair of characters, so the charge is their product.
        if (!arguments.Run.Step(arguments.Call, (1L + (text.Length / 1024)) * (1L + (part.Length / 128)))) return null;
        if (part.Length == 0) return arguments.Fail("the text to look for is empty");
        var start = Characters.IndexOf(text, offset >= 0 ? offset : Math.Max(0, Characters.Count(text) + offset));
        var found = text.IndexOf(part, start, StringComparison.Ordinal);
        return found < 0 ? Value.False : Value.Of((decimal)Characters.Count(text.AsSpan(0, found)));
    }

    private static Value? Strlen(Arguments arguments) =>
        arguments.Text(0) is { } text && arguments.Work(text.Length) ? Value.Of((decimal)Characters.Count(text)) : null;

    private static Value? RandString(Arguments arguments)
    {
        if (arguments.Whole(0, 1, LongestRandom, otherwise: 8) is not { } length) return null;
        if (!arguments.Run.Step(arguments.Call, length / 16) || !arguments.Run.Grow(length, arguments.Call)) return null;
        var random = arguments.Run.Random;
        return Value.Of(string.Create(length, random, static (characters, numbers) =>
        {
            foreach (ref var character in characters) character = Letters[(int)numbers.Below((ulong)Letters.Length)];
        }));
    }

    private static Value? UrlEncode(Arguments arguments)
    {
        if (arguments.Text(0) is not { } text || !arguments.Work(text.Length)) return null;
        return arguments.Run.Grow(UrlEncoding.LengthOf(text), arguments.Call) ? Value.Of(UrlEncoding.Encode(text)) : null;
    }

    private static Value? Map(Arguments arguments, Func<string, string> change)
    {
        if (arguments[0] is not ListValue list) return Changed(arguments, arguments[0], change);
        if (!arguments.Run.Step(arguments.Call, list.Items.Length) || !arguments.Run.GrowList(list.Items.Length, arguments.Call)) return null;
        var items = new Value[list.Items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (Changed(arguments, list.Items[i], change) is not { } item) return null;
            items[i] = item;
        }

        return Value.Of(items);
    }

    private static Value? Changed(Arguments arguments, Value value, Func<string, string> change)
    {
        if (arguments.Run.Text(value, arguments.Node(0)) is not { } text) return null;
        return arguments.Work(text.Length) && arguments.Run.Grow(text.Length, arguments.Call) ? Value.Of(change(text)) : null;
    }
}
